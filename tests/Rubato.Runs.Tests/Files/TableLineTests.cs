using Rubato.Runs.Files;

namespace Rubato.Runs.Tests.Files;

public sealed class TableLineTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a", "a")]
    [InlineData("a,b,", "a|b|")]
    [InlineData("\"a,b\",c", "a,b|c")]
    [InlineData("\"a\"\"b\"\"\",\"\"", "a\"b\"|")]
    [InlineData("a\"b\",c", "a\"b\"|c")]
    public void Split_Line_ItsCells(string line, string expected) => Assert.Equal(expected, string.Join('|', TableLine.Split(line)));

    [Theory]
    [InlineData("", "")]
    [InlineData("a b", "a b")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("a\nb", "\"a\nb\"")]
    public void Quoted_Cell_ReadBack(string cell, string expected)
    {
        Assert.Equal(expected, TableLine.Quoted(cell));
        Assert.Equal([cell], TableLine.Split(expected));
    }
}
