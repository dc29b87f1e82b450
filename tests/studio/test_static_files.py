import re

IMPORTED = re.compile(r"""(?:\bfrom|^import)\s*["'](\./[^"']+)["']""", re.MULTILINE)
HASHED = re.compile(r"\.[0-9a-f]{12}\.js$")


def test_modules_import_one_another_by_names_that_are_kept_for_good(static_files):
    modules = [file for file in static_files.rglob("*.js") if HASHED.search(file.name)]

    imported = [
        file.parent / path for file in modules for path in IMPORTED.findall(file.read_text())
    ]

    assert imported != []
    assert [file.name for file in imported if not HASHED.search(file.name)] == []
    assert [file.name for file in imported if not file.is_file()] == []
