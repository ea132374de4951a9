"""How are the complaints of the system and of parsers, and the values of a data file, told in Chinese?"""

from __future__ import annotations

import csv
import datetime as dt
import errno
import json
import re
import tomllib

_SYSTEM = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EISDIR: "它是一个文件夹",
    errno.ENOTDIR: "路径中间有一段不是文件夹",
    errno.EEXIST: "已经有同名的文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "系统不允许",
    errno.EROFS: "那里只能读，不能写",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "超过了磁盘配额",
    errno.EFBIG: "文件太大",
    errno.ENAMETOOLONG: "文件名太长",
    errno.EILSEQ: "文件名里有系统不认识的字符",
    errno.EINVAL: "系统不支持这样的文件或文件名",
    errno.ELOOP: "链接绕成了圈",
    errno.EIO: "磁盘读写出错",
    errno.EBUSY: "它正被别的程序占用",
    errno.ETXTBSY: "它正被别的程序占用",
    errno.ENXIO: "那里不是普通的文件",
    errno.ENODEV: "那里不是普通的文件",
    errno.EMFILE: "打开的文件太多",
    errno.ENFILE: "打开的文件太多",
    errno.ESTALE: "网络磁盘已经断开",
    errno.ENOTEMPTY: "文件夹里还有文件",
    errno.ENOTCONN: "网络磁盘已经断开",
    errno.ETIMEDOUT: "等待超时",
}
_AT = re.compile(r"at line (\d+), column (\d+)")


def system_reason(error: OSError) -> str:
    """Why the system refused, as a clause without a full stop; ``strerror`` is English and never shown."""
    if isinstance(error.errno, int):
        return _SYSTEM.get(error.errno, f"系统错误，编号 {error.errno}")
    return "系统没有说明原因"


def syntax_reason(error: Exception) -> str:
    """Where a TOML, JSON or CSV file is not well formed, as a clause without a full stop; the parser's words are never shown."""
    if isinstance(error, OSError):
        return system_reason(error)
    if isinstance(error, UnicodeDecodeError):
        return "不是 UTF-8 编码"
    if isinstance(error, json.JSONDecodeError):
        return _spot(error.lineno, error.colno)
    if isinstance(error, tomllib.TOMLDecodeError):
        found = _AT.search(str(error))
        return _spot(int(found[1]), int(found[2])) if found else "到文件末尾还没有写完整"
    if isinstance(error, csv.Error):
        return "列或引号不合 CSV 的写法"
    return "嵌套过深" if isinstance(error, RecursionError) else "不合这种文件的写法"


def _spot(line: int, column: int) -> str:
    return f"第{line}行第{column}个字符处有误"


def written(value: object) -> str:
    """A value as it stands in a TOML or JSON file, between Chinese quotation marks where it is text."""
    if isinstance(value, str):
        return f"“{value}”"
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "空"
    if isinstance(value, int | float | dt.date | dt.time):
        return str(value)
    return json.dumps(value, ensure_ascii=False, default=str)
