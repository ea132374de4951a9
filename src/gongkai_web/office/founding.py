"""How is an empty, real office made: ``gongkai init``?"""

from __future__ import annotations

import argparse
import secrets

from django.db.utils import OperationalError

from gongkai.errors import BadInput
from gongkai_web.agencies.roles import ROLE_WORDS
from gongkai_web.flow import installation
from gongkai_web.office.actions.founding import found_office
from gongkai_web.office.door import UNREACHABLE, prepare
from gongkai_web.office.plans import ADMINISTRATORS, Plan, plan
from gongkai_web.trail.actors import INSTALLATION
from gongkai_web.ui import clock

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""No characters that look alike on paper."""


def one_time_password() -> str:
    """Sixteen characters in four groups: about 79 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))


def run_init(args: argparse.Namespace) -> int:
    """``gongkai init``."""
    prepare()
    try:
        installation.refuse_unless_new()
        wanted = plan(args)
        passwords = {person.login: one_time_password() for person in wanted.administrators.values()}
        found_office(INSTALLATION, wanted, passwords, installation.REAL, clock.today())
    except OperationalError:
        raise BadInput(UNREACHABLE) from None
    _tell(wanted, passwords, args)
    return 0


def _tell(wanted: Plan, passwords: dict[str, str], args: argparse.Namespace) -> None:
    print(f"已建立{wanted.name}（{wanted.slug}），科室 {len(wanted.departments)} 个。")
    print("一次性密码如下，只显示这一次，请抄给本人；第一次登录时必须改掉：")
    for login, password in passwords.items():
        mine = [role for role in ADMINISTRATORS if wanted.administrators[role].login == login]
        name = wanted.administrators[mine[0]].name
        print(f"  {'、'.join(ROLE_WORDS[role] for role in mine)} {name}　登录名 {login}　密码 {password}")
    if wanted.tiny_reason:
        print(f"三名管理员没有分开，理由已记入留痕：{wanted.tiny_reason}")
    print("下一步：")
    print(f"  1. gongkai serve{f' --data {args.data}' if args.data else ''}，系统管理员登录，登记人员和职责；")
    print("  2. 填写公开工作机构的地址、电话等，核对栏目和审核环节；")
    print(f"  3. gongkai backup{f' --data {args.data}' if args.data else ''}，确认备份和密钥放在哪里。")
