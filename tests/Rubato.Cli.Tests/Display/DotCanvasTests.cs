using Rubato.Cli.Display;

namespace Rubato.Cli.Tests.Display;

public sealed class DotCanvasTests
{
    [Fact]
    public void Line_Diagonal_BrailleDots()
    {
        var canvas = new DotCanvas(2, 1, braille: true);

        canvas.Line(0, 0, 3, 3, color: 0);

        Assert.Equal("⠑⢄", Text(canvas, 0));
    }

    [Fact]
    public void Line_Upright_EveryDotOfEveryRow()
    {
        var canvas = new DotCanvas(1, 2, braille: true);

        canvas.Line(0, 7, 0, 0, color: 0);

        Assert.Equal("⡇", Text(canvas, 0));
        Assert.Equal("⡇", Text(canvas, 1));
    }

    [Fact]
    public void Line_WithoutBraille_HalvesOfCharacters()
    {
        var canvas = new DotCanvas(5, 1, braille: false);

        canvas.Line(0, 0, 0, 0, color: 0);
        canvas.Line(2, 1, 2, 1, color: 0);
        canvas.Line(4, 0, 4, 1, color: 0);

        Assert.Equal("' . :", Text(canvas, 0));
    }

    [Fact]
    public void Row_TwoColours_PiecesFromDotToDot()
    {
        var canvas = new DotCanvas(6, 1, braille: false);

        canvas.Line(0, 0, 1, 0, color: 0);
        canvas.Line(3, 0, 4, 0, color: 1);

        Assert.Equal([("'' ", 0), ("''", 1)], canvas.Row(0));
    }

    [Fact]
    public void Mark_OnALine_StandsInItsPlace()
    {
        var canvas = new DotCanvas(3, 1, braille: true);

        canvas.Line(0, 0, 5, 0, color: 0);
        canvas.Mark(2, 0, '1', color: 0);

        Assert.Equal("⠉1⠉", Text(canvas, 0));
    }

    [Fact]
    public void Row_Empty_NoText() => Assert.Equal([("", 0)], new DotCanvas(4, 1, braille: true).Row(0));

    private static string Text(DotCanvas canvas, int row) => string.Concat(canvas.Row(row).Select(piece => piece.Text));

    [Fact]
    public void Row_ThreeLinesThatCoincide_TakeTurns()
    {
        var canvas = new DotCanvas(6, 1, braille: true);

        canvas.Line(0, 0, 11, 0, color: 0);
        canvas.Line(0, 0, 11, 0, color: 1);
        canvas.Line(0, 0, 11, 0, color: 2);

        Assert.Equal([("⠉", 0), ("⠉", 1), ("⠉", 2), ("⠉", 0), ("⠉", 1), ("⠉", 2)], canvas.Row(0));
    }
}
