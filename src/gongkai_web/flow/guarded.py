"""What does the database refuse to do to a review?"""

from gongkai_web.trail.guards import Guard, frozen, kept

_UNPASSED = (
    "EXISTS (SELECT 1 FROM flow_step s LEFT JOIN flow_decision d ON d.step_id = s.id WHERE s.review_id = NEW.review_id "
    "AND (d.id IS NULL OR d.verdict <> 'passed' OR d.digest <> NEW.digest))"
)
_OWN = (
    "EXISTS (SELECT 1 FROM flow_step s JOIN flow_decision d ON d.step_id = s.id JOIN flow_review r ON r.id = s.review_id "
    "WHERE r.id = NEW.review_id AND d.decided_by_id = r.drafter_id)"
)
_FEW = (
    "(SELECT COUNT(*) FROM flow_step s WHERE s.review_id = NEW.review_id) <> (SELECT r.steps FROM flow_review r WHERE r.id = NEW.review_id) "
    "OR (SELECT r.steps FROM flow_review r WHERE r.id = NEW.review_id) < 1"
)
_OTHER = "NOT EXISTS (SELECT 1 FROM flow_review r WHERE r.id = NEW.review_id AND r.digest = NEW.digest AND r.state = 'approved')"

GUARDS = (
    frozen("flow_review", "body_id subject_kind subject_id digest steps drafter_id opened_at".split()),
    kept("flow_review"),
    Guard(
        "flow_review_closed",
        "flow_review",
        "UPDATE",
        "OLD.state <> 'open' AND NEW.state IS DISTINCT FROM OLD.state",
        "flow: a closed review stays closed",
    ),
    frozen("flow_step", "review_id position title role".split()),
    kept("flow_step"),
    frozen(
        "flow_decision",
        "step_id verdict decided_by_id decided_on in_place_of recorded_by_id recorded_at on_paper paper digest opinion".split(),
    ),
    kept("flow_decision"),
    Guard(
        "flow_decision_open",
        "flow_decision",
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM flow_step s JOIN flow_review r ON r.id = s.review_id "
        "WHERE s.id = NEW.step_id AND r.state = 'open' AND r.digest = NEW.digest AND r.drafter_id <> NEW.decided_by_id)",
        "flow: a decision belongs to an open review of the same digest and never to the drafter",
    ),
    Guard(
        "flow_decision_in_turn",
        "flow_decision",
        "INSERT",
        "EXISTS (SELECT 1 FROM flow_step s JOIN flow_step e ON e.review_id = s.review_id AND e.position < s.position "
        "LEFT JOIN flow_decision d ON d.step_id = e.id WHERE s.id = NEW.step_id AND (d.id IS NULL OR d.verdict <> 'passed')) "
        "OR (NEW.on_paper IS FALSE AND NEW.recorded_by_id <> NEW.decided_by_id)",
        "flow: steps are decided in turn, and on the screen each decides for himself",
    ),
    frozen("flow_approval", "review_id digest approved_at".split()),
    kept("flow_approval"),
    Guard(
        "flow_approval_whole",
        "flow_approval",
        "INSERT",
        f"{_UNPASSED} OR {_OWN} OR {_FEW} OR {_OTHER}",
        "flow: not every step was passed",
    ),
    kept("flow_counter"),
    Guard(
        "flow_counter_grows",
        "flow_counter",
        "UPDATE",
        "NEW.body_id IS DISTINCT FROM OLD.body_id OR NEW.klass IS DISTINCT FROM OLD.klass OR NEW.year IS DISTINCT FROM OLD.year "
        "OR NEW.last < OLD.last",
        "flow: a number is never given twice",
    ),
    frozen("flow_installation", ("kind", "founded_at")),
    kept("flow_installation"),
)
