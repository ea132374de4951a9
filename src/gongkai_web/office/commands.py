"""Which commands run an office on its server: init, demo, backup, restore, trail, worker, doctor?

Only the words of the command line stand here; see ``running``.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from gongkai.cli.parser import Commands
from gongkai_web.office import outward_commands
from gongkai_web.office.running import add_data, later
from gongkai_web.office.unpacking import run_restore


def add(commands: Commands) -> None:
    """Add the commands."""
    _add_init(commands)
    _add_demo(commands)
    _add_backup(commands)
    _add_restore(commands)
    _add_trail(commands)
    _add_worker(commands)
    _add_doctor(commands)
    outward_commands.add(commands)


def _add_init(commands: Commands) -> None:
    parser = commands.add_parser(
        "init",
        help="建立一个正式的单位",
        description=(
            "在空的数据文件夹里建立一个正式的单位：机关、科室、三名管理员（系统管理员、安全管理员、审计员）和各项默认设置。\n"
            "在终端里运行时，缺少的内容会逐项询问；一次性密码只显示一次。\n\n"
            "例：gongkai init --data gongkai-data --body 岫川县司法局 --slug xiuchuan-sfj --department 办公室 --department 法治科 \\\n"
            "      --system 简知远:jian --security 林照晚:lin --auditor 宋怀瑾:song\n"
            "或者：gongkai init --data gongkai-data --from office.toml"
        ),
    )
    add_data(parser)
    parser.add_argument(
        "--from", dest="source", type=Path, metavar="文件", help="从 TOML 文件读取全部内容，写法见帮助手册“单位”。"
    )
    parser.add_argument("--body", metavar="全称", help="机关全称，如 岫川县司法局。")
    parser.add_argument(
        "--slug", metavar="代号", help="网址和留痕里用的代号，小写字母、数字和连字符，定后不能改，如 xiuchuan-sfj。"
    )
    parser.add_argument("--short", metavar="简称", help="机关简称，可以不写。")
    parser.add_argument("--credit-code", metavar="代码", help="统一社会信用代码，18 位，可以以后再填。")
    parser.add_argument("--organisation-code", metavar="代码", help="组织机构代码，9 位，可以以后再填。")
    parser.add_argument("--department", action="append", metavar="科室", help="科室名称，可给几次。")
    parser.add_argument("--system", metavar="姓名:登录名", help="系统管理员：管人员、机构和设置，不看业务内容。")
    parser.add_argument("--security", metavar="姓名:登录名", help="安全管理员：管授权、密码重置和登录安全。")
    parser.add_argument("--auditor", metavar="姓名:登录名", help="审计员：只看留痕。")
    parser.add_argument("--tiny", metavar="理由", help="单位太小，三名管理员凑不齐三个人时，写明理由；理由记入留痕。")
    parser.set_defaults(run=later("founding:run_init"))


def _add_demo(commands: Commands) -> None:
    parser = commands.add_parser(
        "demo",
        help="制作演示单位",
        description=(
            "在空的数据文件夹里制作一个虚构的县司法局：人员、账号，以及过去一年各个栏目、各种状态的信息。已经有演示单位的，只列出账号和网址。\n"
            "演示数据不能与正式的单位放在一起。\n\n"
            "例：gongkai demo --data var，然后 gongkai serve --data var"
        ),
    )
    add_data(parser)
    parser.add_argument(
        "--address", default="127.0.0.1:8000", metavar="地址:端口", help="列出网址时用的地址，默认 127.0.0.1:8000。"
    )
    parser.set_defaults(run=later("demo.making:run_demo"))


def _add_backup(commands: Commands) -> None:
    parser = commands.add_parser(
        "backup",
        help="备份数据库和文件",
        description=(
            "把数据库和文件备份成一个 tar 文件，附校验值；密钥另存一个文件，只有本人能读，请分开保管。运行中的工作台不用停。\n\n"
            "例：gongkai backup --data gongkai-data -o gongkai-backups"
        ),
    )
    add_data(parser)
    parser.add_argument("-o", "--output", type=Path, metavar="文件夹", help="备份放在哪个文件夹，默认是数据文件夹里的 backups。")
    parser.add_argument("--keys", type=Path, metavar="文件夹", help="密钥文件放在哪个文件夹，默认是备份文件夹里的 keys。")
    parser.set_defaults(run=later("backing_up:run_backup"))


def _add_restore(commands: Commands) -> None:
    parser = commands.add_parser(
        "restore",
        help="从备份恢复",
        description=(
            "先核对备份的每一部分，再恢复到一个空的数据文件夹（设置了 DATABASE_URL 时，还要一个空的数据库），最后核对留痕和数目。\n"
            "SQLite 的备份可以恢复到 PostgreSQL，反过来也可以；旧版本的备份恢复后自动升级。\n\n"
            "例：gongkai restore gongkai-backups/*.tar --keys gongkai-backups/keys/*.keys --data gongkai-restored"
        ),
    )
    parser.add_argument("file", type=Path, metavar="备份文件", help="gongkai backup 生成的 tar 文件。")
    parser.add_argument("--data", type=Path, required=True, metavar="文件夹", help="恢复到哪个文件夹，必须是空的或者还没有。")
    parser.add_argument("--keys", type=Path, metavar="密钥文件", help="备份时另存的密钥文件，默认到备份旁边的 keys 文件夹里找。")
    parser.add_argument(
        "--without-keys", action="store_true", help="密钥确已丢失时使用：另生成新的，封存的原件和二次验证将不能再用。"
    )
    parser.set_defaults(run=run_restore)


def _add_trail(commands: Commands) -> None:
    parser = commands.add_parser(
        "trail",
        help="核对、导出留痕",
        description="核对、导出留痕：每一次办理的不可更改的记录。\n\n例：gongkai trail verify --data gongkai-data",
    )
    what = parser.add_subparsers(dest="what", metavar="子命令", title="子命令", required=True)
    verify = what.add_parser(
        "verify",
        help="核对留痕是否完整",
        description="从头到尾核对每一条留痕：缺号、改动、断链都会指出。\n\n例：gongkai trail verify --data gongkai-data --json",
    )
    export = what.add_parser(
        "export",
        help="导出留痕",
        description="把留痕导出为文本，每行一个 JSON。\n\n例：gongkai trail export --data gongkai-data -o trail.jsonl",
    )
    for each in (verify, export):
        add_data(each)
        each.add_argument("--body", metavar="代号", help="只看一个机关的留痕。")
    verify.add_argument("--json", action="store_true", help="用 JSON 输出结果。")
    export.add_argument("-o", "--output", type=Path, metavar="文件", help="写到哪个文件，默认显示在屏幕上。")
    verify.set_defaults(run=later("trails:run_verify"))
    export.set_defaults(run=later("trails:run_export"))


def _add_worker(commands: Commands) -> None:
    parser = commands.add_parser(
        "worker",
        help="单独运行后台程序",
        description=(
            "单独运行后台程序：更新检索、办理排队的任务、定时备份。gongkai serve 已经带着它，一般不用单独运行；\n"
            "网页服务分在几台机器上、各自用 gongkai serve --no-worker 时，在其中一台上运行它。同一个数据库只会有一个在工作。\n\n"
            "例：gongkai worker --data gongkai-data"
        ),
    )
    add_data(parser)
    parser.add_argument("--tied", type=int, help=argparse.SUPPRESS)
    parser.set_defaults(run=later("working:run_worker"))


def _add_doctor(commands: Commands) -> None:
    parser = commands.add_parser(
        "doctor",
        help="检查运行状况",
        description=(
            "检查数据库、保护、留痕、文件、后台程序、备份、磁盘空间和密钥权限，逐项写明是否正常和下一步。有不正常的，退出码为 1。\n"
            "每个文件都读一遍核对校验值，文件多的，要等一会儿。\n\n"
            "例：gongkai doctor --data gongkai-data"
        ),
    )
    add_data(parser)
    parser.add_argument("--repair", action="store_true", help="恢复缺少或者被改动的数据库保护，并记入留痕。")
    parser.set_defaults(run=later("examining:run_doctor"))
