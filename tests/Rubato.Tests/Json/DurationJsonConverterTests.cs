using System.Text.Json;

namespace Rubato.Tests.Json;

public sealed class DurationJsonConverterTests
{
    [Theory]
    [InlineData("10ep")]
    [InlineData("0.3dur")]
    [InlineData("rest")]
    public void Write_AnyDuration_ItsTextThatReadsBack(string text)
    {
        var json = JsonSerializer.Serialize(Duration.Parse(text));
        Assert.Equal($"\"{text}\"", json);
        Assert.Equal(Duration.Parse(text), JsonSerializer.Deserialize<Duration>(json));
    }

    [Theory]
    [InlineData("10", "a duration must be text, such as \"10ep\"")]
    [InlineData("null", "a duration must be text, such as \"10ep\"")]
    [InlineData("{}", "a duration must be text, such as \"10ep\"")]
    [InlineData("\"10\"", "'10' has no unit; the units are ep (epochs), ba (batches), sp (samples) and dur (share of the budget)")]
    [InlineData("\"-1ep\"", "'-1ep' is no duration; its number must be finite and at least 0")]
    public void Read_BadJson_SaysWhatIsWrong(string json, string message) =>
        Assert.StartsWith(message, Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Duration>(json)).Message, StringComparison.Ordinal);
}
