"""The twenty principles and the seventeen goals that a review can be about: names and numbers as they were proclaimed.

European Pillar of Social Rights, interinstitutional proclamation of 17 November 2017 (2017/C 428/09). Sustainable
Development Goals, United Nations General Assembly resolution 70/1 of 25 September 2015, in the short names of the UN.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PILLAR = "European Pillar of Social Rights"
DEVELOPMENT = "Sustainable Development Goals"
PRINCIPLES: dict[int, str] = {
    1: "Education, training and life-long learning",
    2: "Gender equality",
    3: "Equal opportunities",
    4: "Active support to employment",
    5: "Secure and adaptable employment",
    6: "Wages",
    7: "Information about employment conditions and protection in case of dismissals",
    8: "Social dialogue and involvement of workers",
    9: "Work-life balance",
    10: "Healthy, safe and well-adapted work environment and data protection",
    11: "Childcare and support to children",
    12: "Social protection",
    13: "Unemployment benefits",
    14: "Minimum income",
    15: "Old age income and pensions",
    16: "Health care",
    17: "Inclusion of people with disabilities",
    18: "Long-term care",
    19: "Housing and assistance for the homeless",
    20: "Access to essential services",
}
GOALS: dict[int, str] = {
    1: "No poverty",
    2: "Zero hunger",
    3: "Good health and well-being",
    4: "Quality education",
    5: "Gender equality",
    6: "Clean water and sanitation",
    7: "Affordable and clean energy",
    8: "Decent work and economic growth",
    9: "Industry, innovation and infrastructure",
    10: "Reduced inequalities",
    11: "Sustainable cities and communities",
    12: "Responsible consumption and production",
    13: "Climate action",
    14: "Life below water",
    15: "Life on land",
    16: "Peace, justice and strong institutions",
    17: "Partnerships for the goals",
}


def named(numbers: Iterable[int], names: Mapping[int, str]) -> list[str]:
    """Return `4. Quality education` for each number that has a name, in order."""
    return [f"{number}. {names[number]}" for number in sorted(set(numbers)) if number in names]
