"""`evenhand docs`: write the generated documents, or say which are stale."""

from __future__ import annotations

from pathlib import Path

import click

from evenhand.cli.editions import SHIPPED, edition_named
from evenhand.docs import documents


@click.command()
@click.option("--check", "only_check", is_flag=True, help="Write nothing; fail naming every document that is stale.")
@click.option("--root", default=Path(), help="The project's folder.", type=click.Path(exists=True, path_type=Path))
@click.pass_context
def docs(context: click.Context, only_check: bool, root: Path) -> None:
    """Write docs/steps.md, docs/states.md and docs/policy-trace.md from the edition, the code and the scenarios."""
    written = {root / "docs" / name: text for name, text in documents(edition_named(SHIPPED), root).items()}
    stale = [path for path, text in written.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    for path in stale:
        if only_check:
            click.echo(f"evenhand: {path} is stale: run 'make docs'.", err=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(written[path], encoding="utf-8")
            click.echo(f"Wrote {path}.")
    context.exit(1 if stale and only_check else 0)
