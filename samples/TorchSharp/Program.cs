using Rubato;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Samples.TorchSharp;

/// <summary>
/// A small network in TorchSharp that follows a plan: one cycle of the rate, the momentum against it, a batch that doubles twice, weight decay
/// on the weights and none on the biases. It learns which points of a square lie within a circle.
/// </summary>
public static class Program
{
    private const int Samples = 1024;

    public static void Main() => Run(Console.Out);

    public static void Run(TextWriter output)
    {
        using var run = NewDisposeScope();
        random.manual_seed(1);
        var points = (rand(Samples, 2) * 2) - 1;
        var labels = points.square().sum(1, keepdim: true).less(0.6).to(ScalarType.Float32);
        using var network = Sequential(("hidden", Linear(2, 32)), ("tanh", Tanh()), ("output", Linear(32, 1)));
        Tensor LossOf(Tensor inputs, Tensor targets) => functional.binary_cross_entropy_with_logits(network.call(inputs), targets);

        var plan = new TrainingPlan(new PlanSettings
        {
            Length = Duration.Epochs(12),
            SamplesPerEpoch = Samples,
            LearningRate = Schedule.OneCycle(1),
            Momentum = Schedule.OneCycleMomentum(0.85, 0.95),
            BatchSize = Schedule.Parse("constant(16, 4ep) then constant(32, 4ep) then 64"),
            WeightDecay = 1e-4,
            Groups = [new GroupSettings("biases", WeightDecay: 0)],
        });
        using var optimizer = new SGD([GroupOf(network, "weight"), GroupOf(network, "bias")], lr: 1);

        output.WriteLine($"loss before  {Loss():F4}");
        var driver = new Driver(plan);
        TrainingLoop.Train(driver, network, optimizer, size =>
        {
            var drawn = randint(Samples, [size], ScalarType.Int64);
            return LossOf(points[drawn], labels[drawn]);
        });
        output.WriteLine($"loss after   {Loss():F4}");
        output.WriteLine($"updates      {driver.Progress.Updates} of {plan.CountUpdates()}");

        double Loss()
        {
            using var evaluation = NewDisposeScope();
            using var pause = no_grad();
            return LossOf(points, labels).item<float>();
        }
    }

    private static SGD.ParamGroup GroupOf(Module network, string kind) =>
        new(network.named_parameters().Where(parameter => parameter.name.EndsWith(kind, StringComparison.Ordinal)).Select(parameter => parameter.parameter));
}
