"""The way back from a packed list, written from the definition of Base64 VLQ (ECMA-426) alone."""

import re
import string
from itertools import accumulate

DIGITS = string.ascii_uppercase + string.ascii_lowercase + string.digits + "+/"


def numbers_of(code):
    """The whole numbers that a code holds; a digit from 32 on is followed by another one."""
    numbers = []
    for group in re.findall(r"[g-z0-9+/]*[A-Za-f]", code):
        value = sum((DIGITS.index(digit) % 32) * 32**place for place, digit in enumerate(group))
        numbers.append(-(value // 2) if value % 2 else value // 2)
    return numbers


def unpacked(document):
    """What `dashboards.packing.packed` was given."""

    def rows(cells, wide):
        return [cells[at : at + wide] for at in range(0, len(cells), wide)] if wide else cells

    def unpack(value):
        if isinstance(value, list):
            return [unpack(one) for one in value]
        if not isinstance(value, dict):
            return value
        if "packedWords" in value:
            wide, *places = numbers_of(value["packedWords"])
            return rows([document["words"][place] for place in places], wide)
        if "packedNumbers" in value:
            wide, *steps = numbers_of(value["packedNumbers"])
            return rows(list(accumulate(steps)), wide)
        return {key: unpack(one) for key, one in value.items()}

    return unpack(document["packed"])
