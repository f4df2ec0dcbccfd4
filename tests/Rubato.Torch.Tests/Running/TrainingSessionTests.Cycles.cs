using Rubato.Runs.Logs;
using Rubato.Runs.Records;

namespace Rubato.Torch.Tests.Running;

public sealed partial class TrainingSessionTests
{
    /// <summary>An optimizer, and the rates at the turns of two cycles of eight updates: before updates 1, 5, 9 and 13.</summary>
    public static TheoryData<string, string, double[]> Cycles
    {
        get
        {
            var data = new TheoryData<string, string, double[]>();
            foreach (var optimizer in (string[])["sgd", "nesterov", "adam", "rmsprop", "adagrad", "adadelta"])
            {
                data.Add(optimizer, "triangular(0.001..0.005, step 4ba)", [0.001, 0.005, 0.001, 0.005]);
                data.Add(optimizer, "triangular2(0.001..0.005, step 0.5ep)", [0.001, 0.005, 0.001, 0.003]);
                data.Add(optimizer, "exp-range(0.001..0.005, step 4ba, gamma 0.5, every 4ba)", [0.001, 0.0025, 0.00025, 0.000625]);
                data.Add(optimizer, "exp-range(0.001..0.005, step 4ba, gamma 0.5, every 4ba, decays amplitude)", [0.001, 0.003, 0.001, 0.0015]);
                data.Add(optimizer, "staged(1ep: triangular(0.001..0.005, step 4ba), 1ep: triangular(0.0001..0.0005, step 4ba))", [0.001, 0.005, 0.0001, 0.0005]);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cycles))]
    public void Run_CyclicalRate_AnyOptimizerFollowsItWithItsMomentumAgainstIt(string optimizer, string rate, double[] atTurns)
    {
        var hasMomentum = optimizer is not ("adagrad" or "adadelta");
        var listener = new Scratch.Silent();
        var summary = _scratch.Run(
            _scratch.Small with { Optimizer = optimizer, LearningRate = Rate.Parse(rate), Momentum = hasMomentum ? Schedule.Parse("triangular(0.95..0.85, step 4ba)") : null, Batch = 25 },
            listener);
        var steps = StepLog.Read(Path.Combine(listener.Description!.Folder!, "steps.jsonl")).Records;
        Assert.Equal((RunStatus.Completed, 16), (summary.Status, steps.Length));
        Assert.All(steps, step => Assert.True(double.IsFinite(step.Loss)));
        for (var turn = 0; turn < atTurns.Length; turn++)
        {
            Assert.Equal(atTurns[turn], steps[4 * turn].LearningRate, 1e-12);
            Assert.Equal(hasMomentum ? turn % 2 == 0 ? 0.95 : 0.85 : 0, steps[4 * turn].Momentum, 1e-12);
        }
    }
}
