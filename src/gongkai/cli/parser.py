"""How does argparse speak Chinese to the people who type commands?

argparse passes its own words through a module-level ``_`` meant for gettext; there is no Chinese catalogue
for it, so the words it can say stand here. A test runs ``--help`` and every kind of misuse and finds no English.
"""

from __future__ import annotations

import argparse
import difflib
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction["ChineseParser"]
else:  # the action is generic for type checkers only
    Commands = argparse._SubParsersAction

_WORDS = {
    "usage: ": "用法：",
    "positional arguments": "参数",
    "options": "选项",
    "subcommands": "子命令",
    "show this help message and exit": "显示这份帮助后退出。",
    "show program's version number and exit": "显示版本号后退出。",
    "argument %(argument_name)s: %(message)s": "参数 %(argument_name)s：%(message)s",
    "the following arguments are required: %s": "缺少参数：%s",
    "unrecognized arguments: %s": "不认识的参数：%s",
    "expected one argument": "后面要跟一个值",
    "expected at most one argument": "后面至多跟一个值",
    "expected at least one argument": "后面至少要跟一个值",
    "invalid %(type)s value: %(value)r": "值“%(value)s”的写法不对",
    "not allowed with argument %s": "不能与 %s 同时使用",
    "one of the arguments %s is required": "%s 中必须给出一个",
    "unknown parser %(parser_name)r (choices: %(choices)s)": "没有“%(parser_name)s”这个命令，可选：%(choices)s",
    "ambiguous option: %(option)s could match %(matches)s": "选项 %(option)s 写得不全，可能是 %(matches)s",
    "ignored explicit argument %r": "这个选项后面不能跟值“%s”",
    "%(prog)s: error: %(message)s\n": "%(prog)s：%(message)s\n",
    "can't open '%(filename)s': %(error)s": "打不开“%(filename)s”：%(error)s",
}


def _chinese(word: str) -> str:
    return _WORDS.get(word, word)


def _chinese_plural(one: str, many: str, n: int) -> str:
    if one == "expected %s argument":
        return "后面要跟 %s 个值"
    return _chinese(one if n == 1 else many)


# argparse has no public door for its words; this is the one its authors left for translators.
argparse._ = _chinese  # type: ignore[attr-defined]
argparse.ngettext = _chinese_plural  # type: ignore[attr-defined]


class ChineseParser(argparse.ArgumentParser):
    """An ArgumentParser whose every word is Chinese and whose mistakes end with where to find help."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("allow_abbrev", False)
        kwargs.setdefault("formatter_class", argparse.RawDescriptionHelpFormatter)
        super().__init__(*args, **kwargs)

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """Argparse prints the choices as Python writes them; here they stand plain, with the one that may be meant."""
        if action.choices is None or value in action.choices:
            return
        choices = [str(choice) for choice in action.choices]
        near = difflib.get_close_matches(str(value), choices, 1)
        meant = f"；是不是要写 {near[0]}" if near else ""
        raise argparse.ArgumentError(action, f"没有“{value}”这个选择，可选：{'、'.join(choices)}{meant}")

    def _get_value(self, action: argparse.Action, arg_string: str) -> Any:
        """A file without a name – a variable of the shell that is not set – would otherwise be the folder one stands in."""
        if action.type is Path and not arg_string.strip():
            raise argparse.ArgumentError(action, "文件名是空的，请写明文件")
        return super()._get_value(action, arg_string)

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}：{message}。\n输入 {self.prog} --help 查看用法。\n")
