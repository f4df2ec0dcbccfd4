namespace Rubato.Data.Datasets.Glyphs;

/// <summary>How one symbol lies in its image: an affine map from the symbol's unit square to pixels, and the pen that draws it.</summary>
internal readonly record struct GlyphPose
{
    /// <summary>The symbol's origin, in pixels from the left edge.</summary>
    public required float CenterX { get; init; }

    /// <summary>The symbol's origin, in pixels from the top edge.</summary>
    public required float CenterY { get; init; }

    /// <summary>Pixels a unit; above 0.</summary>
    public required float Scale { get; init; }

    /// <summary>What a unit along x gives to x, before the scale; this and the next three are the map's matrix.</summary>
    public required float Xx { get; init; }

    /// <summary>What a unit along y gives to x.</summary>
    public required float Xy { get; init; }

    /// <summary>What a unit along x gives to y.</summary>
    public required float Yx { get; init; }

    /// <summary>What a unit along y gives to y.</summary>
    public required float Yy { get; init; }

    /// <summary>Half the stroke's thickness in pixels.</summary>
    public required float HalfWidth { get; init; }

    /// <summary>The background's brightness in 0..1.</summary>
    public required float Paper { get; init; }

    /// <summary>What a full stroke adds to the background's brightness, 0..1.</summary>
    public required float Ink { get; init; }

    /// <summary>The standard deviation of a pixel's noise, as a share of full brightness.</summary>
    public required float Noise { get; init; }

    /// <summary>Draws a pose. Ranges were set so that a linear classifier fails and a small convolutional network does not.</summary>
    /// <remarks>
    /// The rotation is drawn as the tangent of half its angle: sine and cosine are then quotients, which every machine rounds alike, so
    /// that the data set's content hash is the same everywhere.
    /// </remarks>
    internal static GlyphPose Draw(ref CounterRandom random)
    {
        var scale = random.NextDouble(6.5, 10.5);
        var room = 13.0 - scale;
        var centerX = 13.5 + random.NextDouble(-room, room);
        var centerY = 13.5 + random.NextDouble(-room, room);
        var half = random.NextDouble(-0.16, 0.16);
        var cosine = (1 - (half * half)) / (1 + (half * half));
        var sine = 2 * half / (1 + (half * half));
        var slant = random.NextDouble(-0.3, 0.3);
        var stretch = random.NextDouble(0.8, 1.0);
        var halfWidth = random.NextDouble(0.6, 1.3);
        var paper = random.NextDouble(0.0, 0.3);
        var ink = random.NextDouble(0.4, 0.7);
        var noise = random.NextDouble(0.02, 0.1);

        // Rotation times slant times stretch: x' = stretch x + slant y, y' = y, then turned.
        return new GlyphPose
        {
            CenterX = (float)centerX,
            CenterY = (float)centerY,
            Scale = (float)scale,
            Xx = (float)(cosine * stretch),
            Xy = (float)((cosine * slant) - sine),
            Yx = (float)(sine * stretch),
            Yy = (float)((sine * slant) + cosine),
            HalfWidth = (float)halfWidth,
            Paper = (float)paper,
            Ink = (float)ink,
            Noise = (float)noise,
        };
    }
}
