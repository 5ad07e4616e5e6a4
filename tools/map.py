"""Draws Kazakhstan and its neighbours from Natural Earth's countries in TopoJSON (see map.sh).

Three paths that a page refers to by id: `land`, `home` (Kazakhstan) and `borders`. The units are those of
app/src/partner/map_picker/view.rs: hundredths of a degree of longitude from WEST, and of Mercator's latitude from NORTH."""

import json
import math
import sys

WEST, EAST, SOUTH, NORTH = 46, 88, 38, 56
HOME = "398"  # ISO 3166-1 numeric: Kazakhstan


def mercator(lat):
    return math.degrees(math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)))


TOP = mercator(NORTH)
WIDTH, HEIGHT = (EAST - WEST) * 100, round((TOP - mercator(SOUTH)) * 100)


def place(lng, lat):
    return (lng - WEST) * 100, (TOP - mercator(max(-85.0, min(85.0, lat)))) * 100


def decoded(topology):
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step in arc:
            x, y = x + step[0], y + step[1]
            points.append(place(x * kx + dx, y * ky + dy))
        yield points


def ring(arcs, numbers):
    points = []
    for number in numbers:
        part = arcs[number] if number >= 0 else arcs[~number][::-1]
        points.extend(part[1:] if points else part)
    return points


def rings(arcs, geometry):
    polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    return [ring(arcs, numbers) for polygon in polygons for numbers in polygon]


# Of the box: an axis, where on it the side lies, and which way is inside.
SIDES = [(0, 0, 1), (0, WIDTH, -1), (1, 0, 1), (1, HEIGHT, -1)]


def cross(a, b, axis, limit):
    t = (limit - a[axis]) / (b[axis] - a[axis])
    return a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t


def clip_area(points):
    """Sutherland and Hodgman."""
    for axis, limit, sign in SIDES:
        inside = lambda p: (p[axis] - limit) * sign >= 0
        clipped = []
        for a, b in zip(points[-1:] + points[:-1], points):
            if inside(a) != inside(b):
                clipped.append(cross(a, b, axis, limit))
            if inside(b):
                clipped.append(b)
        points = clipped
        if not points:
            break
    return points


def clip_line(points):
    """The pieces of a line that lie in the box."""
    pieces = [points]
    for axis, limit, sign in SIDES:
        inside = lambda p: (p[axis] - limit) * sign >= 0
        after = []
        for piece in pieces:
            run = [piece[0]] if inside(piece[0]) else []
            for a, b in zip(piece, piece[1:]):
                if inside(a) != inside(b):
                    run.append(cross(a, b, axis, limit))
                    if not inside(b):
                        after.append(run)
                        run = []
                if inside(b):
                    run.append(b)
            if run:
                after.append(run)
        pieces = after
    return pieces


def path(points, closed):
    whole = []
    for x, y in points:
        point = round(x), round(y)
        if not whole or whole[-1] != point:
            whole.append(point)
    if closed and len(whole) > 1 and whole[0] == whole[-1]:
        whole.pop()
    if len(whole) < (3 if closed else 2):
        return ""
    (x, y), out = whole[0], f"M{whole[0][0]} {whole[0][1]}l"
    steps = []
    for nx, ny in whole[1:]:
        steps.append(f"{nx - x} {ny - y}")
        x, y = nx, ny
    return out + " ".join(steps).replace(" -", "-") + ("z" if closed else "")


def main(source, target):
    topology = json.load(open(source))
    arcs = list(decoded(topology))
    countries = [g for g in topology["objects"]["countries"]["geometries"] if g.get("arcs")]
    owners = {}
    land, home = [], []
    for country in countries:
        is_home = country.get("id") == HOME
        shapes = [clip_area(points) for points in rings(arcs, country)]
        (home if is_home else land).extend(path(points, True) for points in shapes if points)
        polygons = [country["arcs"]] if country["type"] == "Polygon" else country["arcs"]
        for number in {n if n >= 0 else ~n for polygon in polygons for numbers in polygon for n in numbers}:
            owners.setdefault(number, []).append(country)
    shared = [arcs[number] for number, of in sorted(owners.items()) if len(of) > 1]
    borders = [path(piece, False) for line in shared for piece in clip_line(line)]
    draw = lambda name, parts, more="": f'<path id="{name}"{more} d="{"".join(parts)}"/>\n'
    thin = ' vector-effect="non-scaling-stroke"'
    with open(target, "w") as out:
        out.write("<!-- Made by tools/map.sh from Natural Earth (naturalearthdata.com, public domain) by way of world-atlas (ISC). -->\n")
        out.write(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">\n')
        out.write(draw("land", land) + draw("home", home) + draw("borders", borders, thin))
        out.write("</svg>\n")
    print(f"{target}: {WIDTH} × {HEIGHT} units")


main(*sys.argv[1:])
