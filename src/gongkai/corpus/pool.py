"""How are many files examined by several processes, so that a bad, endless or deadly one never stops the rest?

Only a few files are under way at a time, so ten thousand take no more memory than ten. When a process dies, nobody knows
which file it died of: those under way are examined again one at a time, and the one that kills its process once more is
the guilty one. Any ``concurrent.futures`` executor serves; a cluster's is handed in as the function that makes it.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from functools import partial

from gongkai.corpus.examination import Examined, Settings, examined
from gongkai.corpus.sources import Origin

AHEAD = 4
"""Files handed out for each process: enough that none waits, few enough that little is done again when one dies."""

MakeExecutor = Callable[[int], Executor]
Examine = Callable[[Origin, Settings], Examined]


def processes(settings: Settings) -> MakeExecutor:
    """Makes executors of processes on this machine, each bounded in memory, that go when this one goes."""

    def make(jobs: int) -> Executor:
        # Started afresh rather than copied: a copy of a process with threads may stand still.
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(jobs, mp_context=context, initializer=_prepare, initargs=(settings.memory,))

    return make


def examinations(
    origins: Iterable[Origin], settings: Settings, jobs: int, make: MakeExecutor | None = None, examine: Examine = examined
) -> Iterator[Examined]:
    """The results as they come, one for every file, in no order. ``make`` is called again when an executor broke."""
    make = make or processes(settings)
    todo = iter(origins)
    under_way: dict[Future[Examined], Origin] = {}
    executor = make(jobs)
    try:
        while True:
            broken = not _hand_out(todo, under_way, AHEAD * jobs, partial(_submit, executor, examine, settings))
            if not under_way and not broken:
                return
            done, _ = wait(under_way, return_when=FIRST_COMPLETED)
            suspects = []
            for future in done if not broken else list(under_way):
                origin = under_way.pop(future)
                result = _result(future, origin)
                if result is None:
                    suspects.append(origin)
                else:
                    yield result
            if suspects or broken:
                for future, origin in under_way.items():
                    result = _result(future, origin)
                    if result is None:
                        suspects.append(origin)
                    else:
                        yield result
                under_way.clear()
                executor.shutdown(wait=True, cancel_futures=True)
                yield from _one_by_one(suspects, settings, make, examine)
                executor = make(jobs)
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


def _hand_out(
    todo: Iterator[Origin],
    under_way: dict[Future[Examined], Origin],
    most: int,
    submit: Callable[[Origin], Future[Examined]],
) -> bool:
    """Hand out files up to the bound; False when the executor takes no more because it broke."""
    while len(under_way) < most:
        origin = next(todo, None)
        if origin is None:
            return True
        try:
            under_way[submit(origin)] = origin
        except BrokenExecutor as error:
            lost: Future[Examined] = Future()
            lost.set_exception(error)
            under_way[lost] = origin
            return False
    return True


def _submit(executor: Executor, examine: Examine, settings: Settings, origin: Origin) -> Future[Examined]:
    return executor.submit(examine, origin, settings)


def _result(future: Future[Examined], origin: Origin) -> Examined | None:
    """What came of a file; None when its executor broke before it was done."""
    try:
        return future.result()
    except BrokenExecutor:
        return None
    except Exception as error:  # noqa: BLE001  # a cluster's executor may raise anything; it concerns this file only
        why = f"检查时程序出错（{type(error).__name__}），这个文件没有检查；请单独检查它，并把文件和这句话告诉程序的维护人员。"
        return Examined(origin.name, "", error=why)


def _one_by_one(suspects: list[Origin], settings: Settings, make: MakeExecutor, examine: Examine) -> Iterator[Examined]:
    """Each suspect alone in a process; one that takes its process down again is told as unreadable."""
    executor = make(1)
    try:
        for origin in suspects:
            result = _result(executor.submit(examine, origin, settings), origin)
            if result is None:
                executor.shutdown(wait=True, cancel_futures=True)
                executor = make(1)
                why = "读取这个文件时程序被迫终止（多半是超出时间或内存的限度，也可能被系统结束），没有检查；请检查文件是否正常，另存一份后再试。"
                result = Examined(origin.name, "", error=why)
            yield result
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


def _prepare(memory: int) -> None:
    """A worker begins: Ctrl-C is the parent's business, memory is bounded, and without a parent it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    bound = memory * 1024 * 1024
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard == resource.RLIM_INFINITY or hard > bound:
        resource.setrlimit(resource.RLIMIT_AS, (bound, hard))
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_follow, args=(parent.join,), daemon=True).start()


def _follow(until_gone: Callable[[], None]) -> None:
    until_gone()
    os._exit(1)
