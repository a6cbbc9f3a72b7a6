import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def data() -> Iterator[Path]:
    # Not tmp_path, which the server's user cannot reach when the tests are run by root. Below the suite's own
    # data folder, where tests/postgres.py stops what an interrupted test leaves running.
    with tempfile.TemporaryDirectory(dir=os.environ["DATA_DIR"]) as folder:
        Path(folder).chmod(0o711)
        yield Path(folder) / "data"
