"""How do the departments of a body change?"""

from __future__ import annotations

from django.db.models import Max, Q

from gongkai_web.agencies.models import Body, Department, Membership
from gongkai_web.agencies.roles import Role
from gongkai_web.agencies.standing import require_administrator
from gongkai_web.agencies.texts import checked_name
from gongkai_web.trail.actors import Actor, Subject
from gongkai_web.trail.acts import act
from gongkai_web.trail.done import Done
from gongkai_web.ui import clock
from gongkai_web.ui.refusals import BadForm, NotPossible


@act("agencies.open_department", "{actor}登记了科室{subject}", title="登记科室")
def open_department(actor: Actor, body: Body, *, name: str) -> Done[Department]:
    """A department at the end of the list. BadForm when the name is taken."""
    require_administrator(actor, body, Role.SYSTEM_ADMINISTRATOR)
    name = _free(body, name)
    last = Department.objects.filter(body=body).aggregate(last=Max("position"))["last"] or 0
    made = Department.objects.create(body=body, name=name, position=last + 1)
    return Done(made, body.slug, _subject(made))


@act("agencies.rename_department", "{actor}把科室{before}改名为{subject}", title="科室改名")
def rename(actor: Actor, department: Department, *, name: str) -> Done[None]:
    """The same department under another name."""
    require_administrator(actor, department.body, Role.SYSTEM_ADMINISTRATOR)
    before = department.name
    department.name = _free(department.body, name, department)
    department.save(update_fields=["name"])
    return Done(None, department.body.slug, _subject(department), words={"before": before})


@act("agencies.close_department", "{actor}撤销了科室{subject}", title="撤销科室")
def close(actor: Actor, department: Department) -> Done[None]:
    """NotPossible while somebody has a role that is limited to it."""
    require_administrator(actor, department.body, Role.SYSTEM_ADMINISTRATOR)
    today = clock.today()
    if department.closed_on is not None:
        raise NotPossible(f"科室“{department.name}”已经撤销。")
    held = Membership.objects.filter(Q(until_day=None) | Q(until_day__gte=today), department=department, person__is_active=True)
    names = list(held.order_by("person__name").values_list("person__name", flat=True).distinct()[:5])
    if names:
        raise NotPossible(f"{'、'.join(names)}的职责还限定在科室“{department.name}”。请安全管理员先终止或者改授，再撤销科室。")
    department.closed_on = today
    department.save(update_fields=["closed_on"])
    return Done(None, department.body.slug, _subject(department))


def _free(body: Body, name: str, own: Department | None = None) -> str:
    name, wrong = checked_name(name, "科室名称", 60)
    if not wrong and Department.objects.filter(body=body, name=name).exclude(pk=own.pk if own else 0).exists():
        wrong = f"科室“{name}”已经有了。撤销过的科室名称也不能再用，请换一个名称。"
    if wrong:
        raise BadForm({"name": wrong})
    return name


def _subject(department: Department) -> Subject:
    return Subject("department", str(department.pk), department.name)
