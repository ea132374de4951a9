"""Which commands deal with what stands outside: static pages, what comes from an old site, what an inspection would find?

Only the words of the command line stand here; see ``running``.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from gongkai.cli.parser import Commands
from gongkai_web.office.running import add_data, later

_BODY = "机关的代号；只有一个机关时可以不写。"


def add(commands: Commands) -> None:
    """Add the commands."""
    _add_site(commands)
    _add_import(commands)
    _add_inspect(commands)


def _common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--body", metavar="代号", help=_BODY)
    add_data(parser)


def _add_site(commands: Commands) -> None:
    group = commands.add_parser("site", help="静态页面", description="把公开的页面做成静态文件，放到别的网站下面。")
    inner = group.add_subparsers(title="命令", metavar="命令", required=True)
    bake = inner.add_parser(
        "bake",
        help="生成或者更新静态页面",
        description=(
            "把一个机关公开的全部页面写进一个文件夹：首页、指南、制度、分类列表、每条信息和附件、意见征集、目录、订阅、网站地图和检索。\n"
            "加 --only-baked 只写选择以“静态页面”公开的栏目，列表、目录、订阅和检索也只有这些栏目。\n"
            "链接都是相对的，放在任何网址下面都能用，直接打开文件夹里的 index.html 也能看。\n"
            "再次运行只写有变化的文件；撤下的信息只留撤回说明，附件随即删除。文件夹里有别的内容时不会改动。\n\n"
            "例：gongkai site bake public --body xiuchuan-sfj --base-url https://www.example.gov.cn/sfj/ --data gongkai-data"
        ),
    )
    bake.add_argument("folder", type=Path, metavar="文件夹", help="写到哪里：空文件夹，或者以前用本命令生成的文件夹。")
    bake.add_argument("--base-url", metavar="网址", help="这些页面将来的网址；写了才有订阅、网站地图和二维码。")
    bake.add_argument("--apply-url", metavar="网址", help="网上提交公开申请的网址，“依申请公开”页面会链接到那里。")
    bake.add_argument(
        "--portal-url",
        metavar="网址",
        help="本机关公开平台的网址；文件夹里没有的页面和提意见的表单链接到那里，不写的就不链接。",
    )
    bake.add_argument(
        "--only-baked",
        action=argparse.BooleanOptionalAction,
        help="只写选择以“静态页面”公开的栏目（--no-only-baked 恢复为全部栏目）。",
    )
    bake.add_argument(
        "--follow", action=argparse.BooleanOptionalAction, help="以后由后台程序随时更新这个文件夹（--no-follow 取消）。"
    )
    bake.add_argument("--check", action="store_true", help="只核对，不写：列出与应有内容不同的文件；有不同的，退出码为 1。")
    _common(bake)
    bake.set_defaults(run=later("site:run_bake"))


def _add_import(commands: Commands) -> None:
    parser = commands.add_parser(
        "import",
        help="导入旧网站的信息",
        description=(
            "从表格和附件文件夹导入信息。第一次运行时按列名推测各列的含义，写进对应关系文件，请核对后再运行。\n"
            "--dry-run 逐行列出问题，不写任何内容。中断后再运行会接着导入，已经导入的不会重复。\n"
            "以前已经公开的（--as published-before）：先用 --statement 打印登记表，由公开工作机构负责人签署，再附扫描件导入；\n"
            "有个人信息等命中的行列为草稿。带密级标志的文件一律不收。旧网址会自动转到新网址。\n\n"
            "例：gongkai import --template 模板.xlsx\n"
            "　　gongkai import 旧站.xlsx --folder 附件 --map 对应.toml --by shen --dry-run --data gongkai-data\n"
            "　　gongkai import 旧站.xlsx --folder 附件 --map 对应.toml --by shen --as published-before \\\n"
            "      --signed 登记表.pdf --signer wen --signed-on 2026-03-02 --code 7K3M-P9QT --data gongkai-data"
        ),
    )
    parser.add_argument("file", type=Path, nargs="?", metavar="表格", help="XLSX 表格，第一行是列名。")
    parser.add_argument("--template", type=Path, metavar="文件", help="写出一份空白模板，不做别的。")
    parser.add_argument("--folder", type=Path, metavar="文件夹", help="附件和正文文件所在的文件夹，默认是表格所在的文件夹。")
    parser.add_argument("--map", type=Path, metavar="文件", help="列的对应关系（TOML）；没有这个文件时会生成。")
    parser.add_argument("--by", metavar="登录名", help="由哪位经办人导入。")
    parser.add_argument(
        "--as",
        dest="kind",
        choices=("draft", "published-before"),
        default="draft",
        help="draft 列为草稿（默认）；published-before 登记为以前已经公开。",
    )
    parser.add_argument("--dry-run", action="store_true", help="只试一遍，列出每一行的问题；有问题的，退出码为 1。")
    parser.add_argument("--statement", type=Path, metavar="文件", help="写出登记表供签署，不导入。")
    parser.add_argument("--signed", type=Path, metavar="文件", help="签署后的登记表扫描件。")
    parser.add_argument("--signer", metavar="登录名", help="签署登记表的公开工作机构负责人。")
    parser.add_argument("--signed-on", metavar="日期", help="签署日期，如 2026-03-02。")
    parser.add_argument("--code", metavar="编号", help="登记表上的编号。")
    _common(parser)
    parser.set_defaults(run=later("importing:run_import"))


def _add_inspect(commands: Commands) -> None:
    parser = commands.add_parser(
        "inspect",
        help="网站自查",
        description=(
            "对照检查指标和条例，列出要整改的地方：空白和不更新的栏目、超期没有公开的信息、指南缺项、打不开的链接、\n"
            "没有成文日期、没有标注有效性、没有解读的文件，每处写明网址、怎么办和依据。不访问外部网站。有要整改的，退出码为 1。\n\n"
            "例：gongkai inspect --body xiuchuan-sfj --csv 自查.csv --data gongkai-data"
        ),
    )
    parser.add_argument("--csv", type=Path, metavar="文件", help="写成 CSV 表格，Excel 和 WPS 能直接打开。")
    _common(parser)
    parser.set_defaults(run=later("inspecting:run_inspect"))
