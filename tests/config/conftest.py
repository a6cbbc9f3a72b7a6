import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def data() -> Iterator[Path]:
    # Not tmp_path, which the server's user cannot reach when the tests are run by root.
    with tempfile.TemporaryDirectory(prefix="assay-") as folder:
        Path(folder).chmod(0o711)
        yield Path(os.path.realpath(folder)) / "data"
