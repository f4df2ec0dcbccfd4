using System.Collections.Immutable;

namespace Rubato.Data.Datasets.Glyphs;

/// <summary>A straight stroke between two points of the unit square [-1, 1] x [-1, 1], y downwards.</summary>
internal readonly record struct Line(float FromX, float FromY, float ToX, float ToY);

/// <summary>A round stroke about a centre.</summary>
internal readonly record struct Circle(float X, float Y, float Radius);

/// <summary>A symbol: a name and the strokes that draw it.</summary>
internal sealed record GlyphShape(string Name, ImmutableArray<Line> Lines, ImmutableArray<Circle> Circles);

/// <summary>
/// The ten symbols. They come in families that share strokes (with and without a bar, the same two strokes crossed in other places),
/// so that no single pixel or stroke tells a class.
/// </summary>
internal static class GlyphShapes
{
    private static readonly Line Bar = new(-0.75f, 0, 0.75f, 0);
    private static readonly Line Stem = new(0, -0.85f, 0, 0.85f);
    private static readonly Circle Round = new(0, 0, 0.8f);

    private static readonly ImmutableArray<Line> Box =
    [
        new(-0.75f, -0.75f, 0.75f, -0.75f), new(0.75f, -0.75f, 0.75f, 0.75f),
        new(0.75f, 0.75f, -0.75f, 0.75f), new(-0.75f, 0.75f, -0.75f, -0.75f),
    ];

    internal static ImmutableArray<GlyphShape> All { get; } =
    [
        new("ring", [], [Round]),
        new("barred ring", [Bar], [Round]),
        new("square", Box, []),
        new("barred square", [.. Box, Bar], []),
        new("triangle", [new(0, -0.85f, 0.85f, 0.7f), new(0.85f, 0.7f, -0.85f, 0.7f), new(-0.85f, 0.7f, 0, -0.85f)], []),
        new("plus", [Stem, new(-0.85f, 0, 0.85f, 0)], []),
        new("cross", [new(-0.7f, -0.7f, 0.7f, 0.7f), new(-0.7f, 0.7f, 0.7f, -0.7f)], []),
        new("tee", [Stem, new(-0.75f, -0.85f, 0.75f, -0.85f)], []),
        new("arrow", [Stem, new(0, -0.85f, -0.6f, -0.15f), new(0, -0.85f, 0.6f, -0.15f)], []),
        new("key", [new(0, 0, 0, 0.9f)], [new(0, -0.45f, 0.45f)]),
    ];
}
