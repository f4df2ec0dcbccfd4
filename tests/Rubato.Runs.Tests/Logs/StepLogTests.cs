using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Rubato.Runs.Logs;
using Rubato.Runs.Records;

namespace Rubato.Runs.Tests.Logs;

public sealed class StepLogTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Append_OneRecord_KeysInOrderAndSecondsLast() =>
        Assert.Equal(
            """{"step":3,"samples":384,"epoch":1.5,"loss":2.25,"learning_rate":0.1,"batch_size":128,"momentum":0.9,"weight_decay":0.0005,"gradient_norm":1.5,"seconds":0.003}""" + "\n",
            Text(Samples.Step(3)));

    [Fact]
    public void Append_NumbersThatAreNotFinite_Strings() =>
        Assert.Contains(
            "\"loss\":\"NaN\",\"learning_rate\":\"Infinity\",\"batch_size\":128,\"momentum\":\"-Infinity\",\"weight_decay\":0.0005,\"gradient_norm\":null,",
            Text(Samples.Step(1) with
            {
                Loss = double.NaN,
                LearningRate = double.PositiveInfinity,
                Momentum = double.NegativeInfinity,
                GradientNorm = double.NaN,
            }),
            StringComparison.Ordinal);

    [Fact]
    public void Append_RatesOfScaleInvariantWeights_BeforeTheSeconds()
    {
        Assert.EndsWith(
            "\"gradient_norm\":1.5,\"effective_rate\":0.025,\"log10_exponential_rate\":-1.5,\"seconds\":0.001}\n",
            Text(Samples.Step(1) with { EffectiveRate = 0.025, ExponentialRateLog10 = -1.5 }),
            StringComparison.Ordinal);
        Assert.EndsWith(
            "\"gradient_norm\":1.5,\"effective_rate\":\"Infinity\",\"log10_exponential_rate\":\"-Infinity\",\"seconds\":0.001}\n",
            Text(Samples.Step(1) with { EffectiveRate = double.PositiveInfinity, ExponentialRateLog10 = double.NegativeInfinity }),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Append_ClippedUpdate_TheFactorBehindTheNormBefore()
    {
        var line = Text(Samples.Step(1) with { ClipFactor = 0.25, EffectiveRate = 0.025 });

        Assert.EndsWith("\"gradient_norm\":1.5,\"clip_factor\":0.25,\"effective_rate\":0.025,\"seconds\":0.001}\n", line, StringComparison.Ordinal);
        Assert.Equal(0.25, Assert.Single(StepLogReader.Parse(Encoding.UTF8.GetBytes(line), "steps.jsonl").Records).ClipFactor);
    }

    [Theory]
    [InlineData("", double.NaN, null)]
    [InlineData("\"effective_rate\":null,", double.NaN, null)]
    [InlineData("\"effective_rate\":\"NaN\",", double.NaN, null)]
    [InlineData("\"effective_rate\":0,", 0, null)]
    [InlineData("\"effective_rate\":\"Infinity\",", double.PositiveInfinity, null)]
    [InlineData("\"effective_rate\":2.5e-3,\"log10_exponential_rate\":412.5,", 0.0025, 412.5)]
    [InlineData("\"log10_exponential_rate\":\"-Infinity\",", double.NaN, double.NegativeInfinity)]
    public void Read_RatesOfScaleInvariantWeights_NotMeasuredWhereTheyAreMissing(string keys, double effective, double? exponential)
    {
        var line = Text(Samples.Step(1)).Replace("\"seconds\"", keys + "\"seconds\"", StringComparison.Ordinal);

        var record = Assert.Single(StepLogReader.Parse(Encoding.UTF8.GetBytes(line), "steps.jsonl").Records);

        Assert.Equal((effective, exponential), (record.EffectiveRate, record.ExponentialRateLog10));
        Assert.Equal(Samples.Step(1) with { EffectiveRate = effective, ExponentialRateLog10 = exponential }, record);
    }

    [Fact]
    public void EffectiveRate_RecordThatNothingWasSetOf_NotMeasured() => Assert.Equal(double.NaN, default(StepRecord).EffectiveRate);

    [Fact]
    public void Read_AnyRecords_AsWritten() =>
        Check.QuickThrowOnFailure(Prop.ForAll(
            ArbMap.Default.ArbFor<(long, double, double, double?)[]>(),
            values =>
            {
                var records = Array.ConvertAll(
                    values,
                    v => new StepRecord
                    {
                        Step = v.Item1,
                        Samples = v.Item1,
                        Epoch = v.Item2,
                        Loss = v.Item3,
                        LearningRate = v.Item2,
                        BatchSize = v.Item1,
                        Momentum = v.Item3,
                        WeightDecay = v.Item2,
                        GradientNorm = v.Item3,
                        Seconds = v.Item2,
                        EffectiveRate = v.Item3,
                        ExponentialRateLog10 = v.Item4,
                        ClipFactor = v.Item4,
                    });
                File.WriteAllText(_temporary["steps.jsonl"], Text(records));

                var content = StepLog.Read(_temporary["steps.jsonl"]);

                return !content.LastLineWasCut && content.Records.AsSpan().SequenceEqual(records);
            }));

    [Fact]
    public void Read_CutAnywhere_WholeLinesAndSaysSo()
    {
        var bytes = Encoding.UTF8.GetBytes(Text(Samples.Step(1), Samples.Step(1)));
        var line = Array.IndexOf(bytes, (byte)'\n') + 1;
        for (var length = 0; length <= bytes.Length; length++)
        {
            var content = StepLogReader.Parse(bytes.AsSpan(0, length), "steps.jsonl");

            // A line that lacks its new line alone is whole.
            var whole = (length + 1) / line;
            Assert.Equal(whole, content.Records.Length);
            Assert.Equal(length > whole * line, content.LastLineWasCut);
        }
    }

    [Fact]
    public void Read_BrokenLineAmongOthers_IsNamed()
    {
        var good = Text(Samples.Step(1));
        File.WriteAllText(_temporary["steps.jsonl"], good + "{}\n" + good);
        Assert.StartsWith($"{_temporary["steps.jsonl"]}, line 2: not a record of an update: ", Findings().Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "nor is 1 more line")]
    [InlineData(59, "nor are 59 more lines")]
    public void Read_FileOfAnotherKind_IsOneSentenceThatCountsTheLines(int more, string counted)
    {
        File.WriteAllLines(_temporary["steps.jsonl"], ["[1", .. Enumerable.Repeat("{\"a\":1}", more)]);
        var error = Findings();
        Assert.Single(error.Findings);
        Assert.StartsWith(
            $"{_temporary["steps.jsonl"]}, line 1: not a record of an update, {counted}: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NoFile_OneSentence() =>
        Assert.StartsWith(
            $"{_temporary["none"]} cannot be read: ",
            Assert.Throws<InvalidInputException>(() => StepLog.Read(_temporary["none"])).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Append_ManyRecords_OnlyWholeLinesReachTheFile()
    {
        var file = new WriteRecorder();
        using (var log = new StepLog(file))
        {
            for (var step = 1; step <= 3000; step++)
            {
                log.Append(Samples.Step(step) with { Seconds = 0 });
            }
        }

        Assert.InRange(file.Writes.Count, 3, 20);
        Assert.All(file.Writes, write => Assert.True(write is [(byte)'{', .., (byte)'\n']));
    }

    [Fact]
    public void Append_TwoSecondsLater_ReachesTheFile()
    {
        var file = new WriteRecorder();
        using var log = new StepLog(file);

        log.Append(Samples.Step(1) with { Seconds = 1.9 });
        Assert.Empty(file.Writes);
        log.Append(Samples.Step(2) with { Seconds = 2.0 });
        Assert.Single(file.Writes);
        log.Append(Samples.Step(3) with { Seconds = 3.9 });
        Assert.Single(file.Writes);
        log.Append(Samples.Step(4) with { Seconds = 4.1 });
        Assert.Equal(2, file.Writes.Count);
    }

    [Fact]
    public void Append_SteadyState_AllocatesNothing()
    {
        using var log = new StepLog(Stream.Null);
        for (var step = 1; step <= 2000; step++)
        {
            log.Append(Samples.Step(step));
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var step = 2001; step <= 12000; step++)
        {
            log.Append(Samples.Step(step) with { Loss = 1.0 / step, GradientNorm = Math.Sqrt(step), Epoch = step / 469.0 });
        }

        // The rest of a block of 8 KB may count; one object a call, of at least 24 bytes, would be far more.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 50_000);
    }

    private static string Text(params StepRecord[] records)
    {
        var file = new MemoryStream();
        using (var log = new StepLog(file))
        {
            foreach (var record in records)
            {
                log.Append(record);
            }
        }

        return Encoding.UTF8.GetString(file.ToArray());
    }

    private sealed class WriteRecorder : MemoryStream
    {
        public List<byte[]> Writes { get; } = [];

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (!buffer.IsEmpty)
            {
                Writes.Add(buffer.ToArray());
            }
        }
    }

    private InvalidInputException Findings() => Assert.Throws<InvalidInputException>(() => StepLog.Read(_temporary["steps.jsonl"]));
}
