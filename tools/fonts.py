"""Makes one small variable WOFF2 of a regular and a bold TTF whose outlines are compatible (see fonts.sh)."""

import sys
import tempfile
from pathlib import Path

from fontTools import subset, varLib
from fontTools.designspaceLib import AxisDescriptor, DesignSpaceDocument, SourceDescriptor
from fontTools.ttLib.scaleUpem import scale_upem

# What our three languages are written with: every page loads it.
CORE = """20-7E A0 A9 AB AD B0 B7 BB D7 401 406 410-44F 451 456
492-493 49A-49B 4A2-4A3 4AE-4B1 4BA-4BB 4D8-4D9 4E8-4E9
2002-200A 2010-2014 2018-2019 201C-201E 2022 2026 202F 20B8 2116 2190-2193 2212 2713"""
# Names from elsewhere and rare signs: loaded where a page has one (`unicode-range` in style/tokens.css).
MORE = """A1-A8 AA AC AE-AF B1-B6 B8-BA BC-D6 D8-17F 18F 192 218-21B 259 2BB 2BC 2C6 2DA 2DC 300-304 306-308 30A-30C 327
400 402-405 407-40F 450 452-455 457-45F 490-491 2015 201A-201B 2020-2021 2030 2032-2033 2039-203A 2044 20AC 20BD 2122
2196-2199 221E 2248 2260 2264-2265"""
NEEDED = "ӘәҒғҚқҢңӨөҰұҮүҺһІіЁё₸№→←«»—–…·−×\u00a0\u2009\u202f"
# Not `locl` (Latin languages that we do not speak), `case` and `pnum` (which no style asks for).
FEATURES = ["kern", "mark", "mkmk", "ccmp", "calt", "tnum"]
# Half of Onest's own grid: at 48 pixels the furthest that a point moves is a fortieth of a pixel.
UNITS = 500
# Between digits and before the tenge sign, in thousandths of an em; Onest's own 110 looks like no space at all.
NARROW_SPACE = 200


def unicodes(ranges):
    for part in ranges.split():
        first, _, last = part.partition("-")
        yield from range(int(first, 16), int(last or first, 16) + 1)


def drop_jokes(font):
    """`calt` makes dashes fit capitals, the same way for every script, and turns "*moldova*" into a drawing."""
    table = font["GSUB"].table
    variants = [record.Feature for record in table.FeatureList.FeatureRecord if record.FeatureTag == "calt"]
    shared = [i for i in min((v.LookupListIndex for v in variants), key=len) if table.LookupList.Lookup[i].LookupType != 4]
    for variant in variants:
        variant.LookupListIndex = list(shared)
        variant.LookupCount = len(shared)


def subset_font(path, to, ranges):
    options = subset.Options(layout_features=FEATURES, hinting=False, notdef_outline=True, name_IDs=[0, 1, 13])
    options.drop_tables += ["STAT", "prep", "gasp"]
    font = subset.load_font(path, options)
    drop_jokes(font)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=unicodes(ranges))
    subsetter.subset(font)
    if narrow := font.getBestCmap().get(0x202F):
        font["hmtx"][narrow] = (NARROW_SPACE, 0)
    scale_upem(font, UNITS)
    font.save(to)


def make(regular, bold, to, ranges, needed):
    with tempfile.TemporaryDirectory() as folder:
        design = DesignSpaceDocument()
        design.addAxis(AxisDescriptor(name="Weight", tag="wght", minimum=400, default=400, maximum=800))
        for path, weight in (regular, 400), (bold, 800):
            master = str(Path(folder) / f"{weight}.ttf")
            subset_font(path, master, ranges)
            design.addSource(SourceDescriptor(path=master, location={"Weight": weight}, familyName="Onest", styleName=str(weight)))
        font = varLib.build(design)[0]
    # Styles name weights by the axis; a page has no use for names of them, nor for metrics that vary.
    for table in "STAT", "MVAR":
        if table in font:
            del font[table]
    for record in font["name"].names:
        if record.nameID == 1:
            record.string = "Onest"
    missing = [c for c in needed if ord(c) not in font.getBestCmap()]
    assert not missing, f"the font lacks {missing}"
    font.flavor = "woff2"
    font.save(to)
    print(f"{to}: {Path(to).stat().st_size} bytes, {len(font.getBestCmap())} characters")


regular, bold, core, more = sys.argv[1:]
make(regular, bold, core, CORE, NEEDED)
make(regular, bold, more, MORE, "éöğışçńЂґ€₽")
