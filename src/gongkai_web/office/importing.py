"""How does a command line take in what an older site published?"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from gongkai.errors import BadInput
from gongkai.reasons import system_reason
from gongkai_web.accounts.models import Person
from gongkai_web.agencies import actors, standing
from gongkai_web.agencies.models import Body
from gongkai_web.agencies.roles import Role
from gongkai_web.files import receiving
from gongkai_web.flow.reviews import same_code
from gongkai_web.office.bodies import body_named
from gongkai_web.publishing.actions.importing import Signed
from gongkai_web.publishing.drafting import DRAFTERS
from gongkai_web.publishing.importing import batch, columns
from gongkai_web.publishing.importing.rows import Row, headings, rows
from gongkai_web.publishing.models import Category
from gongkai_web.trail.actors import Actor
from gongkai_web.ui import clock

PUBLISHED = "published-before"


def run_import(args: argparse.Namespace) -> int:
    """``gongkai import``."""
    try:
        return _run(args)
    except OSError as error:
        raise BadInput(f"“{error.filename or args.file}”读写不了：{system_reason(error)}。请检查位置、权限和磁盘空间。") from None


def _run(args: argparse.Namespace) -> int:
    if args.template is not None:
        return _template(args.template)
    if args.file is None or args.map is None:
        raise BadInput("请写明表格和对应关系文件，例如 gongkai import 旧站.xlsx --map 对应.toml --by shen。")
    body = body_named(args.body)
    heads = headings(args.file)
    if not args.map.exists():
        return _preview(args, body, heads)
    mapping = columns.read(args.map, heads)
    published = args.kind == PUBLISHED
    needed = (*columns.NEEDED, *(columns.NEEDED_PUBLISHED if published else ()))
    missing = [columns.FIELDS[n][0] for n in needed if n not in mapping.columns]
    if missing:
        raise BadInput(f"对应关系里还缺：{'、'.join(missing)}。请在“{args.map}”里写明是表格的哪一列。")
    folder = args.folder or args.file.parent
    open_now = Category.objects.filter(body=body, closed_on=None)
    found = list(rows(args.file, folder, mapping, open_now, clock.today()))
    if args.dry_run:
        return _dry_run(body, found, published)
    if args.statement is not None:
        return _statement(args.statement, body, found)
    actor = _importer(args.by, body)
    signed = _signed(args, actor, body, found) if published else None
    made = batch.run(actor, body, found, signed, _told)
    for line in made.lines:
        print(line)
    print(f"导入完成：登记公开 {made.public} 条，草稿 {made.drafts} 条，以前已导入 {made.there} 条，没有导入 {made.out} 条。")
    return 1 if made.out else 0


def _template(path: Path) -> int:
    if path.exists():
        raise BadInput(f"“{path}”已经存在，没有覆盖。请换一个文件名。")
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # a new workbook has a sheet
    sheet.title = "导入"
    for n, (word, _) in enumerate(columns.FIELDS.values(), start=1):
        sheet.cell(1, n, word).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(n)].width = 18
    sheet.freeze_panes = "A2"
    book.save(path)
    print(f"已写出模板“{path}”。每条信息一行；附件列写文件名，多个用分号隔开。")
    return 0


def _preview(args: argparse.Namespace, body: Body, heads: Sequence[str]) -> int:
    mapping = columns.guessed(heads)
    olds: dict[str, None] = {}
    if "category" in mapping.columns:
        folder = args.folder or args.file.parent
        for row in rows(args.file, folder, mapping, Category.objects.filter(body=body), clock.today()):
            olds.update(dict.fromkeys(w.split("“", 1)[1].split("”", 1)[0] for w in row.problems if w.startswith("栏目“")))
    args.map.write_text(columns.written(mapping, list(olds)), encoding="utf-8")
    print("按列名推测的对应关系：")
    for name, (word, _) in columns.FIELDS.items():
        print(f"  {word}：{mapping.columns.get(name) or '（没有找到）'}")
    unused = [h for h in heads if h and h not in mapping.columns.values()]
    if unused:
        print(f"没有用到的列：{'、'.join(unused)}。")
    if olds:
        print(f"这些栏目要写明对应本机关的哪个栏目：{'、'.join(olds)}。")
    print(f"已写进“{args.map}”，还没有导入。请核对、改正后再运行，建议先加 --dry-run。")
    return 0


def _dry_run(body: Body, found: Sequence[Row], published: bool) -> int:
    looked = batch.tried(body, found, published=published, told=_told)
    for each in looked:
        for words, lines in (("问题", each.problems), ("提醒", each.notices)):
            for line in lines:
                print(f"第{each.number}行《{each.title}》{words}：{line}")
        if each.hits:
            then = "会列为草稿" if published else "送审前要核对"
            print(
                f"第{each.number}行《{each.title}》扫描命中 {len(each.hits)} 处（{'、'.join(dict.fromkeys(each.hits))}），{then}。"
            )
    wrong = sum(bool(each.problems) for each in looked)
    there = sum(each.there for each in looked)
    hit = sum(bool(each.hits) for each in looked)
    print(f"共 {len(looked)} 行：有问题 {wrong} 行，有命中 {hit} 行，以前已导入 {there} 行。没有写入任何内容。")
    return 1 if wrong else 0


def _statement(path: Path, body: Body, found: Sequence[Row]) -> int:
    wrong = [r.number for r in found if r.problems]
    if wrong:
        raise BadInput(f"还有 {len(wrong)} 行有问题（第 {wrong[0]} 行等）。请先用 --dry-run 查看，改好后再打印登记表。")
    if path.exists():
        raise BadInput(f"“{path}”已经存在，没有覆盖。请换一个文件名。")
    path.write_text(batch.statement(body, found), encoding="utf-8-sig")
    print(f"已写出登记表“{path}”。请公开工作机构负责人核对、签署，扫描后用 --signed 导入；签署后表格不能再改。")
    return 0


def _importer(login: str | None, body: Body) -> Actor:
    person = Person.objects.filter(login=login or "", is_active=True).first()
    if person is None:
        raise BadInput("请用 --by 写明由哪位经办人导入（登录名）。")
    if not standing.roles_of(person.pk, body) & set(DRAFTERS):
        raise BadInput(f"{person.name}在{body.name}不是经办人，不能导入。")
    return actors.staff(person).as_import()


def _signed(args: argparse.Namespace, actor: Actor, body: Body, found: Sequence[Row]) -> Signed:
    if not (args.signed and args.signer and args.signed_on and args.code):
        raise BadInput(
            "登记为以前已经公开的，要有签署的登记表：请写明 --signed、--signer、--signed-on 和 --code；登记表用 --statement 打印。"
        )
    digest = batch.list_digest(body, found)
    if not same_code(args.code, digest):
        raise BadInput(
            "登记表的编号与现在的表格不符：表格或者附件在签署以后改过，或者拿错了登记表。请核对；改过的要重新打印、重新签署。"
        )
    signer = Person.objects.filter(login=args.signer).first()
    if signer is None or Role.UNIT_HEAD not in standing.roles_of(signer.pk, body):
        raise BadInput(f"“{args.signer}”不是{body.name}的公开工作机构负责人。请核对登录名。")
    try:
        day = dt.date.fromisoformat(args.signed_on)
    except ValueError:
        raise BadInput(f"签署日期“{args.signed_on}”看不懂，请写成 2026-03-02。") from None
    scan = receiving.receive(actor, body, args.signed.read_bytes(), args.signed.name)
    return Signed(batch.short_code(digest), signer.pk, day, scan.digest)


def _told(done: int, total: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done}/{total}", end="" if done < total else "\n", file=sys.stderr, flush=True)
