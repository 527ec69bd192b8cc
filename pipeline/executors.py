"""Where parts are done: in this process, in several, or on a Dask cluster."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from typing import Protocol, TypeVar

from pipeline.errors import ConfigError

Job = TypeVar("Job")
Done = TypeVar("Done")


class Executor(Protocol):
    """Maps a function over jobs; results come in the order in which they are finished."""

    def __call__(self, function: Callable[[Job], Done], jobs: Iterable[Job]) -> Iterator[Done]:
        """The results of all jobs. An error in one ends the whole."""
        ...


class Serial:
    """In this process, one after the other."""

    def __call__(self, function: Callable[[Job], Done], jobs: Iterable[Job]) -> Iterator[Done]:
        """The results, as Executor promises."""
        return map(function, jobs)


class Processes:
    """In several processes of this machine, started afresh so that no state is shared."""

    def __init__(self, workers: int) -> None:
        self._workers = workers

    def __call__(self, function: Callable[[Job], Done], jobs: Iterable[Job]) -> Iterator[Done]:
        """The results, as Executor promises."""
        with ProcessPoolExecutor(self._workers, mp_context=get_context("spawn")) as pool:
            futures = [pool.submit(function, job) for job in jobs]
            try:
                for future in as_completed(futures):
                    yield future.result()
            finally:
                for future in futures:
                    future.cancel()


class Dask:
    """On the workers of a Dask scheduler, which see the same folders under the same paths."""

    def __init__(self, address: str) -> None:
        self._address = address

    def __call__(self, function: Callable[[Job], Done], jobs: Iterable[Job]) -> Iterator[Done]:
        """The results, as Executor promises."""
        try:
            from dask.distributed import Client
            from dask.distributed import as_completed as as_done
        except ImportError as error:
            raise ConfigError("--scheduler needs Dask: pip install 'pipeline[dask]'") from error
        try:
            client = Client(self._address, timeout="10s")
        except (OSError, ValueError) as error:
            raise ConfigError(f"no Dask scheduler answers at {self._address}: {error}") from error
        with client:
            for future in as_done(client.map(function, list(jobs), pure=False)):
                yield future.result()


def choose(workers: int, scheduler: str | None, jobs: int) -> Executor:
    """The executor for a number of workers and of jobs, or for a scheduler's address."""
    if scheduler:
        return Dask(scheduler)
    return Processes(min(workers, jobs)) if min(workers, jobs) > 1 else Serial()
