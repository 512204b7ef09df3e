"""`evenhand docs`: write the generated documents, or say which are stale."""

from __future__ import annotations

from pathlib import Path

import click

from evenhand.docs import documents


@click.command()
@click.option("--check", "only_check", is_flag=True, help="Write nothing; fail naming every document that is stale.")
@click.option("--root", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path(), hidden=True)
@click.pass_context
def docs(context: click.Context, only_check: bool, root: Path) -> None:
    """Write docs/steps.md, docs/states.md and docs/policy-trace.md from the edition, the code and the scenarios."""
    stale = []
    for name, text in documents(root).items():
        path = root / "docs" / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(path)
    if only_check:
        for path in stale:
            click.echo(f"{path} is stale: run 'make docs'.", err=True)
        context.exit(1 if stale else 0)
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(documents(root)[path.name], encoding="utf-8")
        click.echo(f"Wrote {path}.")
