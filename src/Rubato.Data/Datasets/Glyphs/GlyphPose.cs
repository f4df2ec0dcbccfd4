namespace Rubato.Data.Datasets.Glyphs;

/// <summary>How one symbol lies in its image: an affine map from the symbol's unit square to pixels, and the pen that draws it.</summary>
/// <param name="CenterX">Where the symbol's origin lies, in pixels.</param>
/// <param name="CenterY">Where the symbol's origin lies, in pixels.</param>
/// <param name="Scale">Pixels a unit.</param>
/// <param name="Xx">Row x of the map without scale: what a unit along x gives to x.</param>
/// <param name="Xy">What a unit along y gives to x.</param>
/// <param name="Yx">What a unit along x gives to y.</param>
/// <param name="Yy">What a unit along y gives to y.</param>
/// <param name="HalfWidth">Half the stroke's thickness in pixels.</param>
/// <param name="Paper">The background's brightness in 0..1.</param>
/// <param name="Ink">What a full stroke adds to the background.</param>
/// <param name="Noise">The standard deviation of a pixel's noise.</param>
internal readonly record struct GlyphPose(
    float CenterX,
    float CenterY,
    float Scale,
    float Xx,
    float Xy,
    float Yx,
    float Yy,
    float HalfWidth,
    float Paper,
    float Ink,
    float Noise)
{
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
        return new GlyphPose(
            (float)centerX,
            (float)centerY,
            (float)scale,
            (float)(cosine * stretch),
            (float)((cosine * slant) - sine),
            (float)(sine * stretch),
            (float)((sine * slant) + cosine),
            (float)halfWidth,
            (float)paper,
            (float)ink,
            (float)noise);
    }
}
