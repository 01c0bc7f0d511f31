"""Audience: the rule that says which agencies a campaign asks, and why another is left out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Audience:
    """Which agencies are asked: all, or those of some sectors or names."""

    sectors: frozenset[str] = frozenset()
    agencies: frozenset[str] = frozenset()

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Audience":
        """Read the rule as a campaign keeps it."""
        names = frozenset(" ".join(name.casefold().split()) for name in kept.get("agencies", ()))
        return cls(frozenset(kept.get("sectors", ())), names)

    def to_json(self) -> dict[str, Any]:
        """The rule as a campaign keeps it."""
        return {"sectors": sorted(self.sectors), "agencies": sorted(self.agencies)}

    def leaves_out(self, sector: str, folded_name: str) -> str:
        """Why an agency is not asked; empty when it is."""
        if self.sectors and sector not in self.sectors:
            return f"the audience is {', '.join(sorted(self.sectors))}; this is {sector}"
        if self.agencies and folded_name not in self.agencies:
            return "it is not among the agencies named"
        return ""
