"""What is written down about a failure, so that it helps and tells nothing of people?"""

from __future__ import annotations

import errno
import traceback
from pathlib import Path

from gongkai.errors import GongkaiError

LONGEST = 300
_PLAIN = {
    errno.ENOSPC: "磁盘空间不足。",
    errno.EDQUOT: "磁盘配额已用完。",
    errno.EFBIG: "文件超过了系统允许的大小。",
    errno.EACCES: "没有读写权限。",
    errno.EROFS: "文件系统是只读的。",
    errno.ENOENT: "文件或者文件夹不存在。",
}


def told(error: BaseException) -> str:
    """Our own words as they are; of other errors the kind and the place in the program, never the text, which may quote a record."""
    if isinstance(error, GongkaiError):
        return str(error)[:LONGEST]
    if isinstance(error, OSError) and error.errno in _PLAIN:
        return _PLAIN[error.errno]
    frames = traceback.extract_tb(error.__traceback__)
    ours = [f for f in frames if "gongkai" in f.filename] or frames
    place = f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else ""
    return f"程序出错：{type(error).__name__} {place}".strip()[:LONGEST]
