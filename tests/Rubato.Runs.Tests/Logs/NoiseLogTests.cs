using System.Text;
using Rubato.Runs.Logs;
using Rubato.Runs.Records;

namespace Rubato.Runs.Tests.Logs;

public sealed class NoiseLogTests : IDisposable
{
    private const string First = """{"step":10,"samples":1280,"batch":128,"squared_norm":0.25,"trace":32.5,"noise_scale":null}""" + "\n";
    private const string Second = """{"step":20,"samples":2560,"batch":128,"squared_norm":-0.125,"trace":40,"noise_scale":130.5}""" + "\n";
    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Append_Measurements_ALineEachAtOnceAndReadBack()
    {
        var file = new MemoryStream();
        NoiseRecord[] records = [new(10, 1280, 128, 0.25, 32.5), new(20, 2560, 128, -0.125, 40, 130.5)];
        using (var log = new NoiseLog(() => file))
        {
            log.Append(records[0]);
            Assert.Equal(First, Encoding.UTF8.GetString(file.ToArray()));
            log.Append(records[1]);
        }

        Assert.Equal(First + Second, Encoding.UTF8.GetString(file.ToArray()));
        File.WriteAllBytes(_temporary["noise.jsonl"], file.ToArray());
        Assert.Equal(records, NoiseLog.Read(_temporary["noise.jsonl"]));
    }

    [Fact]
    public void Dispose_WithoutAMeasurement_MakesNoFile()
    {
        using (new NoiseLog(() => throw new InvalidOperationException()))
        {
        }
    }

    [Fact]
    public void Parse_CutAnywhere_TheWholeLines()
    {
        var bytes = Encoding.UTF8.GetBytes(First + Second);
        for (var length = 0; length <= bytes.Length; length++)
        {
            // A line that lacks its new line alone is whole.
            var whole = length >= bytes.Length - 1 ? 2 : length >= First.Length - 1 ? 1 : 0;
            Assert.Equal(whole, NoiseLog.Parse(bytes.AsSpan(0, length), "noise.jsonl").Length);
        }
    }

    [Theory]
    [InlineData("\"step\":20", "\"step\":10", "step is 10, but must be above 10, that of the measurement before.")]
    [InlineData("\"batch\":128", "\"batch\":1", "batch is 1, but must be at least 2.")]
    [InlineData("\"samples\":2560", "\"samples\":1300", "samples is 1300, but must be at least 1408: those before and the batch.")]
    [InlineData("\"trace\":40", "\"trace\":1e999", "trace is Infinity, but must be finite.")]
    [InlineData("\"squared_norm\":-0.125", "\"squared_norm\":-1e999", "squared_norm is -Infinity, but must be finite.")]
    public void Parse_ImpossibleMeasurement_SaysWhereAndWhat(string sound, string damaged, string sentence)
    {
        var text = First + Second.Replace(sound, damaged, StringComparison.Ordinal);
        Assert.Equal(
            $"noise.jsonl, line 2: {sentence}",
            Assert.Throws<InvalidInputException>(() => NoiseLog.Parse(Encoding.UTF8.GetBytes(text), "noise.jsonl")).Message);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("")]
    [InlineData("[1, 2]")]
    [InlineData("{\"step\":20,\"samples\":2560,\"batch\":128,\"squared_norm\":1}")]
    [InlineData("{\"step\":20,\"samples\":2560,\"batch\":128.5,\"squared_norm\":1,\"trace\":1}")]
    [InlineData("{\"step\":20,\"samples\":2560,\"batch\":128,\"squared_norm\":\"NaN\",\"trace\":1}")]
    public void Parse_NoMeasurement_SaysWhere(string line)
    {
        var error = Assert.Throws<InvalidInputException>(() => NoiseLog.Parse(Encoding.UTF8.GetBytes(First + line + "\n"), "noise.jsonl"));
        Assert.StartsWith("noise.jsonl, line 2: not a measurement of the noise: ", Assert.Single(error.Message.Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NoFile_OneSentence() => Assert.StartsWith(
        $"{_temporary["none.jsonl"]} cannot be read: ",
        Assert.Throws<InvalidInputException>(() => NoiseLog.Read(_temporary["none.jsonl"])).Message,
        StringComparison.Ordinal);
}
