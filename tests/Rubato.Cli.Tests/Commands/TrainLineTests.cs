using System.CommandLine;
using Rubato.Cli.Commands;

namespace Rubato.Cli.Tests.Commands;

public sealed class TrainLineTests
{
    [Theory]
    [InlineData("", "rubato train --lr 0.1")]
    [InlineData("--start-lr|1e-4|--repeats|3|--csv|a.csv|--quiet|--rule|steep|--epochs|2", "rubato train --lr 0.1")]
    [InlineData("--seed|3|--data|glyphs|--config|a b.yaml", "rubato train --config \"a b.yaml\" --data glyphs --seed 3 --lr 0.1")]
    [InlineData("--freeze-last|--network|mlp|--no-affine|false", "rubato train --network mlp --freeze-last --no-affine false --lr 0.1")]
    [InlineData("--momentum|0.8, 0.9", "rubato train --momentum 0.9 --lr 0.1")]
    [InlineData("--weight-decay|0, 5e-4", "rubato train --weight-decay 0 --lr 0.1")]
    public void Of_CommandLine_WhatTrainingTakesOfIt(string words, string expected)
    {
        var command = new Command("find");
        var flags = new FindFlags(command);

        Assert.Equal(expected, TrainLine.Of("rubato", command.Parse(words.Length == 0 ? [] : words.Split('|')), flags, "0.9", "0", "0.1"));
    }
}
