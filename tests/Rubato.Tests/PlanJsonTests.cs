using Rubato.Schedules;
using Rubato.Tests.Numerics;
using Rubato.Tests.Schedules;
using static Rubato.Duration;

namespace Rubato.Tests;

public sealed class PlanJsonTests
{
    private static readonly PlanSettings Least = new() { Length = Batches(100), LearningRate = 0.1, BatchSize = 128 };

    private static readonly PlanSettings Most = new()
    {
        Length = Epochs(30),
        SamplesPerEpoch = 50_000,
        LearningRate = new Cosine(0.1, 0),
        BatchSize = new Constant(64, Epochs(10)).Then(128),
        Momentum = 0.9,
        WeightDecay = ScheduleGenerator.Functions.Create("parabola", Rest),
        Tail = EpochTail.Cut,
        Groups = [new("bias", WeightDecay: 0), new("head", new Linear(0, 1), 0.8, ScheduleGenerator.Functions.Create("wave-2", Rest))],
    };

    [Fact]
    public void Write_Least_LeavesDefaultsOut() => Assert.Equal(
        """
        {
          "version": 1,
          "length": "100ba",
          "learning_rate": {
            "kind": "constant",
            "value": 0.1
          },
          "batch_size": {
            "kind": "constant",
            "value": 128
          }
        }
        """,
        PlanJson.Write(Least),
        ignoreLineEndingDifferences: true);

    [Fact]
    public void Read_Written_IsEqual()
    {
        Assert.Equal(Least, PlanJson.Read(PlanJson.Write(Least)));
        Assert.Equal(Most, PlanJson.Read(PlanJson.Write(Most), ScheduleGenerator.Functions));
    }

    [Theory]
    [MemberData(nameof(PowersOfTwo.ShortOnes), MemberType = typeof(PowersOfTwo))]
    public void Read_WrittenPowersOfTwo_AreEqual(double value)
    {
        var settings = new PlanSettings { Length = Batches(5), LearningRate = value, BatchSize = 1, WeightDecay = new Linear(value, 0) };
        Assert.Equal(settings, PlanJson.Read(PlanJson.Write(settings)));
    }

    [Fact]
    public void Read_Written_IsTheSamePlan()
    {
        var (written, read) = (new TrainingPlan(Most), new TrainingPlan(PlanJson.Read(PlanJson.Write(Most), ScheduleGenerator.Functions)));
        Assert.Equal(written.CountUpdates(), read.CountUpdates());
        Assert.Equal(written.At(700_000, group: 1), read.At(700_000, group: 1));
    }

    [Fact]
    public void Read_SchedulesAsTextAndNumbers_AreRead() => Assert.Equal(
        Most,
        PlanJson.Read(
            """
            {
              "version": 1, "length": "30ep", "samples_per_epoch": 50000, "learning_rate": "cosine(0.1 -> 0)",
              "batch_size": "constant(64, 10ep) then 128", "momentum": 0.9, "weight_decay": "function(parabola)", "tail": "cut",
              "groups": [
                {"name": "bias", "weight_decay": 0},
                {"name": "head", "learning_rate": "linear(0 -> 1)", "momentum": 0.8, "weight_decay": "function(wave-2)"}
              ]
            }
            """,
            ScheduleGenerator.Functions));

    [Theory]
    [InlineData("""{"version": 1, "length": "10ep", "learning_rate": 0.1}""", ", $: needs batch_size.")]
    [InlineData("""{"version": 1, "length": "10", "learning_rate": 0.1, "batch_size": 1}""", ", $.length: '10' has no unit; the units are ep (epochs), ba (batches), sp (samples) and dur (share of the budget).")]
    [InlineData("""{"version": 1, "length": "10ep", "learning_rate": "cosine(0.1, 0)", "batch_size": 1}""", ", $.learning_rate: 'cosine(0.1, 0)', column 11: expected '->', as in cosine(0.1 -> 0, 30ep), but found ','.")]
    [InlineData("""{"version": 1, "length": "10ep", "learning_rate": 0.1, "batch_size": 1, "lr": 1}""", ", $: has no property 'lr'; its properties are version, length, learning_rate, batch_size, samples_per_epoch, momentum, weight_decay, tail, groups.")]
    [InlineData("""{"version": 1, "length": "10ep", "learning_rate": 0.1, "batch_size": 1, "momentun": 0.9}""", ", $: has no property 'momentun'; its properties are version, length, learning_rate, batch_size, samples_per_epoch, momentum, weight_decay, tail, groups. Did you mean 'momentum'?")]
    [InlineData("""{"version": 1, "length": "10ep", "learning_rate": 0.1, "batch_size": 1, "tail": "cary"}""", """, $.tail: expected "carry" or "cut", but found "cary". Did you mean 'carry'?""")]
    [InlineData("""{"version": 1, "length": "10ep", "learning_rate": 0.1, "batch_size": 1, "samples_per_epoch": 1.5}""", ", $.samples_per_epoch: expected a whole number of at least 1, but found 1.5.")]
    [InlineData("""{"version": 1, "length": "10ep", "learning_rate": 0.1, "batch_size": 1, "groups": [{"learning_rate": 1}]}""", ", $.groups[0]: needs name.")]
    [InlineData("""{"version": 1, "length": "10ep", "learning_rate": 0.1, "batch_size": 1, "groups": [{"name": "bias", "learning_rate": {"kind": "exponential", "from": 0, "to": 1}}]}""", ", $.groups[0].learning_rate: exponential: from must be a finite number above 0.")]
    [InlineData("""{"version": 1, "length": "10ep", "learning_rate": 0.1, "batch_size": 1, "groups": [{"name": null}]}""", ", $.groups[0].name: expected text, but found null.")]
    [InlineData("""{"length": "10ep", "learning_rate": 0.1, "batch_size": 1}""", ", $: needs version, which is 1.")]
    public void Read_WrongPlan_SaysPathAndRemedy(string json, string finding)
    {
        var exception = Assert.Throws<InvalidInputException>(() => PlanJson.Read(json));
        Assert.Equal([$"plan JSON{finding}"], exception.Message.Split('\n'));
    }
}
