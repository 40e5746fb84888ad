"""The command's front door. The side processes of a build import it again, so nothing else is imported here."""

from __future__ import annotations


def main() -> None:
    """Run the command `segment-atlas`."""
    from report.cli import main as run  # noqa: PLC0415 (as above)

    run()


if __name__ == "__main__":
    main()
