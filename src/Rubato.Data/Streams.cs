namespace Rubato.Data;

/// <summary>
/// What draws are for: the stream numbers of this project, the ASCII codes of their names, so that no two purposes share draws.
/// </summary>
internal static class Streams
{
    internal const long Subset = 0x737562736574; // "subset"
    internal const long HeldOut = 0x68656C646F7574; // "heldout"
    internal const long Crop = 0x63726F70; // "crop"
    internal const long Flip = 0x666C6970; // "flip"
    internal const long GlyphTrain = 0x676C79706873; // "glyphs"
    internal const long GlyphTest = 0x676C79706874; // "glypht"
}
