namespace Rubato.Training.Tests;

public sealed class NearMissTests
{
    private static readonly string[] Known = ["batch", "micro-batch", "lr", "epochs", "warmup"];

    [Theory]
    [InlineData("batch", "batch")]
    [InlineData("BATCH", "batch")]
    [InlineData("bacth", "batch")]
    [InlineData("batches", "batch")]
    [InlineData("epoch", "epochs")]
    [InlineData("microbatch", "micro-batch")]
    [InlineData("rl", "lr")]
    [InlineData("warm-up", "warmup")]
    [InlineData("frobnicate", null)]
    [InlineData("xy", null)]
    [InlineData("", null)]
    public void Of_Word_Closest(string word, string? closest) => Assert.Equal(closest, NearMiss.Of(word, Known));

    [Fact]
    public void Question_NothingClose_WhatWasGiven()
    {
        Assert.Equal("did you mean 'batch'?", NearMiss.Question("bacth", Known, "see below."));
        Assert.Equal("see below.", NearMiss.Question("frobnicate", Known, "see below."));
    }
}
