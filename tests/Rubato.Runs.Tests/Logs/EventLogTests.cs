using System.Text;
using Rubato.Control;
using Rubato.Runs.Logs;
using Rubato.Runs.Records;

namespace Rubato.Runs.Tests.Logs;

public sealed class EventLogTests
{
    [Fact]
    public void Append_Events_ALineEachAtOnce()
    {
        var file = new MemoryStream();
        using (var log = new EventLog(() => file))
        {
            log.Append(new EventRecord(7, 224, EventKind.Rollback, 0.5, 20.25, 1.5));
            Assert.EndsWith("\n", Encoding.UTF8.GetString(file.ToArray()), StringComparison.Ordinal);
            log.Append(new EventRecord(9, 288, EventKind.Restart, 0.25, double.NaN, 2));
            log.Append(new EventRecord(10, 320, EventKind.AutoWarmup, 0.25, 2.5, 3) { LearningRate = 0.5, Reason = AutoWarmupReason.Minimum });
            log.Append(new EventRecord(12, 400, EventKind.Batch, 1, 2.5, 4) { LearningRate = 0.5, BatchSize = 64, NoiseScale = 135.5 });
            log.Append(new EventRecord(14, 480, EventKind.Plateau, 0.5, 2.5, 5) { LearningRate = 0.25 });
        }

        Assert.Equal(
            """
            {"step":7,"samples":224,"kind":"rollback","scale":0.5,"loss":20.25,"seconds":1.5}
            {"step":9,"samples":288,"kind":"restart","scale":0.25,"loss":"NaN","seconds":2}
            {"step":10,"samples":320,"kind":"autowarmup","scale":0.25,"loss":2.5,"seconds":3,"learning_rate":0.5,"reason":"minimum"}
            {"step":12,"samples":400,"kind":"batch","scale":1,"loss":2.5,"seconds":4,"learning_rate":0.5,"batch_size":64,"noise_scale":135.5}
            {"step":14,"samples":480,"kind":"plateau","scale":0.5,"loss":2.5,"seconds":5,"learning_rate":0.25}

            """,
            Encoding.UTF8.GetString(file.ToArray()));
    }

    [Fact]
    public void Dispose_WithoutAnEvent_MakesNoFile()
    {
        using (new EventLog(() => throw new InvalidOperationException()))
        {
        }
    }
}
