"""Audience: the rule that says which agencies, or people, a campaign asks, and why another is left out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Audience:
    """Which agencies are asked: all, or those of some sectors or names; of them all, or those booked."""

    sectors: frozenset[str] = frozenset()
    agencies: frozenset[str] = frozenset()
    #: Whether people are asked by name, by the campaign's bookings, and no seat is.
    by_booking: bool = False

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Audience":
        """Read the rule as a campaign keeps it."""
        names = frozenset(" ".join(name.casefold().split()) for name in kept.get("agencies", ()))
        return cls(frozenset(kept.get("sectors", ())), names, bool(kept.get("by_booking", False)))

    def to_json(self) -> dict[str, Any]:
        """The rule as a campaign keeps it."""
        kept: dict[str, Any] = {"sectors": sorted(self.sectors), "agencies": sorted(self.agencies)}
        return kept | {"by_booking": True} if self.by_booking else kept

    def leaves_out(self, sector: str, folded_name: str) -> str:
        """Why an agency is not asked; empty when it is."""
        if self.sectors and sector not in self.sectors:
            return f"the audience is {', '.join(sorted(self.sectors))}; this is {sector}"
        if self.agencies and folded_name not in self.agencies:
            return "it is not among the agencies named"
        return ""
