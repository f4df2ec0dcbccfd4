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
    public void Read_AnyRecords_AsWritten() =>
        Check.QuickThrowOnFailure(Prop.ForAll(
            ArbMap.Default.ArbFor<(long, double, double)[]>(),
            values =>
            {
                var records = Array.ConvertAll(
                    values, v => new StepRecord(v.Item1, v.Item1, v.Item2, v.Item3, v.Item2, v.Item1, v.Item3, v.Item2, v.Item3, v.Item2));
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
    public void Read_BrokenLineAmongOthers_EachNamed()
    {
        var good = Text(Samples.Step(1));
        File.WriteAllText(_temporary["steps.jsonl"], "{}\n" + good + "[1\n" + good);

        var error = Assert.Throws<InvalidInputException>(() => StepLog.Read(_temporary["steps.jsonl"]));

        Assert.Equal(2, error.Findings.Count);
        Assert.StartsWith($"{_temporary["steps.jsonl"]}, line 1: not a record of an update: ", error.Findings[0], StringComparison.Ordinal);
        Assert.StartsWith($"{_temporary["steps.jsonl"]}, line 3: not a record of an update: ", error.Findings[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NoFile_OneSentence() =>
        Assert.StartsWith(
            $"{_temporary["none"]}: cannot be read: ",
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

        // The runtime itself may allocate once; one object a call, of at least 24 bytes, would be more.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1023);
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
}
