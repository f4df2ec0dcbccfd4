using Rubato.Text;

namespace Rubato.Tests.Text;

public sealed class SuggestionTests
{
    private static readonly string[] Known = ["batch", "micro-batch", "lr", "epochs", "warmup"];

    [Theory]
    [InlineData("batch", "batch")]
    [InlineData("bacth", "batch")]
    [InlineData("batches", "batch")]
    [InlineData("epoch", "epochs")]
    [InlineData("microbatch", "micro-batch")]
    [InlineData("rl", "lr")]
    [InlineData("warm-up", "warmup")]
    [InlineData("frobnicate", null)]
    [InlineData("xy", null)]
    [InlineData("", null)]
    public void Nearest_Word_Closest(string word, string? nearest) => Assert.Equal(nearest, Suggestion.Nearest(word, Known));

    [Theory]
    [InlineData("bacth", " Did you mean 'batch'?")]
    [InlineData("frobnicate", "")]
    public void For_Word_SentenceOrNothing(string word, string sentence) => Assert.Equal(sentence, Suggestion.For(word, Known));
}
