using System.Text;

namespace Rubato.Cli.Display;

/// <summary>
/// Lines drawn with the dots inside characters: the 2 by 4 dots of a braille pattern, or, for a terminal without them, the upper and lower
/// half of a character by <c>' . :</c>.
/// </summary>
/// <remarks>Not safe for use by several threads.</remarks>
internal sealed class DotCanvas
{
    private const char FirstBraille = '\u2800';

    // Unicode 17, section 21.1: the bit of each dot, row by row.
    private static readonly byte[] BrailleBits = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80];
    private readonly byte[] _dots;
    private readonly int[] _colors;
    private readonly List<int>?[] _sharing;
    private readonly char[] _marks;
    private readonly bool _braille;

    /// <summary>An empty canvas.</summary>
    /// <param name="width">Characters in a row; at least 1.</param>
    /// <param name="height">Rows; at least 1.</param>
    /// <param name="braille">Whether braille patterns may be used.</param>
    internal DotCanvas(int width, int height, bool braille)
    {
        (Width, Height, _braille) = (width, height, braille);
        (DotsWide, DotsHigh) = braille ? (2 * width, 4 * height) : (width, 2 * height);
        _dots = new byte[width * height];
        _colors = new int[width * height];
        _sharing = new List<int>?[width * height];
        _marks = new char[width * height];
    }

    internal int Width { get; }

    internal int Height { get; }

    internal int DotsWide { get; }

    internal int DotsHigh { get; }

    /// <summary>Sets every dot between two (Bresenham 1965); dot (0, 0) is at the top left.</summary>
    internal void Line(int x, int y, int toX, int toY, int color)
    {
        var (dx, dy) = (Math.Abs(toX - x), -Math.Abs(toY - y));
        var (stepX, stepY) = (Math.Sign(toX - x), Math.Sign(toY - y));
        var error = dx + dy;
        while (true)
        {
            Set(x, y, color);
            if (x == toX && y == toY)
            {
                return;
            }

            var twice = 2 * error;
            if (twice >= dy)
            {
                error += dy;
                x += stepX;
            }

            if (twice <= dx)
            {
                error += dx;
                y += stepY;
            }
        }
    }

    /// <summary>Puts a character where a dot is, so that a line is known without colours.</summary>
    internal void Mark(int x, int y, char mark, int color)
    {
        Set(x, y, color);
        _marks[CellOf(x, y)] = mark;
    }

    /// <summary>A row as pieces of one colour each; blanks have that of their neighbour.</summary>
    internal IEnumerable<(string Text, int Color)> Row(int row)
    {
        var text = new StringBuilder();
        var color = -1;
        for (var column = 0; column < Width; column++)
        {
            var cell = (row * Width) + column;
            if (_dots[cell] != 0 && ColorOf(cell) != color)
            {
                if (color >= 0)
                {
                    yield return (text.ToString(), color);
                    text.Clear();
                }

                color = ColorOf(cell);
            }

            text.Append(Glyph(cell));
        }

        yield return (text.ToString().TrimEnd(), Math.Max(color, 0));
    }

    private void Set(int x, int y, int color)
    {
        var cell = CellOf(x, y);
        var dot = _braille ? BrailleBits[(y % 4 * 2) + (x % 2)] : (byte)(1 << (y % 2));
        if ((_dots[cell] & dot) != 0 && _colors[cell] != color)
        {
            var sharing = _sharing[cell] ??= [_colors[cell]];
            if (!sharing.Contains(color))
            {
                sharing.Add(color);
            }
        }

        _dots[cell] |= dot;
        _colors[cell] = color;
    }

    // Lines that coincide take turns from column to column, so that each is seen.
    private int ColorOf(int cell) => _sharing[cell] is { } sharing ? sharing[cell % Width % sharing.Count] : _colors[cell];

    private int CellOf(int x, int y) => _braille ? (y / 4 * Width) + (x / 2) : (y / 2 * Width) + x;

    private char Glyph(int cell) => (_marks[cell], _dots[cell]) switch
    {
        (not '\0', _) => _marks[cell],
        (_, 0) => ' ',
        (_, var dots) when _braille => (char)(FirstBraille + dots),
        (_, 1) => '\'',
        (_, 2) => '.',
        _ => ':',
    };
}
