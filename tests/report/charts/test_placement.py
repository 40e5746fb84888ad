import random
from itertools import combinations

from report.charts.placement import HEIGHT, Box, Label, place
from report.style.lettering import text_width

AREA = Box(0, 0, 560, 380)
CENTRES = ((80, 60), (280, 190), (290, 200), (470, 60), (470, 320), (80, 320))


def scattered(seed: int, each: int = 35) -> list[tuple[float, float, float, int]]:
    draw = random.Random(seed)  # noqa: S311 (made-up marks)
    return [
        (min(555.0, max(5.0, draw.gauss(x, 32))), min(375.0, max(5.0, draw.gauss(y, 32))), 4.0, key)
        for key, (x, y) in enumerate(CENTRES)
        for _ in range(each)
    ]


def boxes(placed):
    for one in placed:
        half = text_width(one.text, 12, bold=True) / 2
        yield Box(one.x - half, one.y - HEIGHT / 2, one.x + half, one.y + HEIGHT / 2)


LABELS = [Label(key, f"Segment number {key}", 200) for key in range(len(CENTRES))]


def test_names_never_cover_one_another_nor_leave_the_map():
    for seed in range(5):
        found = list(boxes(place(LABELS, scattered(seed), AREA)))
        assert not [pair for pair in combinations(found, 2) if pair[0].overlaps(pair[1])]
        assert all(b.left >= 0 and b.top >= 0 and b.right <= 560 and b.bottom <= 380 for b in found)


def test_names_stand_off_the_marks_where_there_is_room():
    dots = scattered(1, each=12)
    for box in boxes(place(LABELS, dots, AREA)):
        assert not [dot for dot in dots if box.distance(dot[0], dot[1]) < dot[2] - 1]


def test_a_name_far_from_its_marks_gets_a_line_to_the_nearest():
    crowd = [(x, y, 4.0, 0) for x in range(10, 560, 9) for y in range(10, 250, 9)]
    lone = (280.0, 60.0, 4.0, 1)
    placed = place([Label(1, "Alone in a crowd", 200)], [*crowd, lone], AREA)
    assert placed[0].leader is not None
    assert placed[0].leader[1] == (280.0, 60.0)


def test_the_same_marks_give_the_same_places():
    assert place(LABELS, scattered(3), AREA) == place(LABELS, scattered(3), AREA)


def test_a_name_without_marks_is_placed_all_the_same():
    assert len(place([Label(9, "Nobody", 100)], [], AREA)) == 1
