using Rubato.Runs.Records;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests;

/// <summary>Validation samples and the best weights of a trainer.</summary>
public sealed partial class TrainerTests
{
    [Fact]
    public void Fit_Best_WeightsInMemoryThatHaveItsLossAndAreNotTheLast()
    {
        using var network = new Own();
        var trainer = new Trainer(network, Train, Losses.CrossEntropy, Short with { Best = Watched.ValidationLoss, Validation = 0.2 }, Test);
        var reached = new List<double>();

        var run = trainer.Fit(1.0, Listener.Of<BestReached>(best => reached.Add(best.Record.Epoch)), Token);
        run.BestWeights!.CopyTo(network);

        Assert.Equal(run.Best!.Epoch, reached[^1]);
        Assert.Equal((null, run.Best.Value), (run.Best.File, run.Best.ValidationLoss));
        Assert.Equal(run.Best.TestLoss, LossOf(network, Test), 1e-5);
        Assert.Equal((run.ValidationLoss, run.ValidationAccuracy), (run.Summary.ValidationLoss, run.Summary.ValidationAccuracy));
    }

    // The more it learns, the surer it is of the wrong class.
    [Fact]
    public void Fit_HeldOutClassesThatAreSwapped_TheFirstEpochIsTheBest()
    {
        using var network = new Own();
        var swapped = Samples.Of(_inputs[300..], 1 - _classes[300..]);
        var trainer = new Trainer(network, Train, Losses.CrossEntropy, Short with { Best = Watched.TestLoss }, swapped);

        var run = trainer.Fit(Schedule.Constant(0.01), cancellation: Token);

        Assert.Equal(1, run.Best!.Epoch);
        Assert.True(run.Best.Value < run.Loss);
        Assert.Equal(run.Loss!.Value, LossOf(network, swapped), 1e-4);
        run.BestWeights!.CopyTo(network);
        Assert.Equal(run.Best.Value, LossOf(network, swapped), 1e-4);
    }

    [Fact]
    public void Fit_OwnValidation_IsEvaluatedAndNotTrainedOn()
    {
        using var network = new Own();
        var trainer = new Trainer(network, Train, Losses.CrossEntropy, Short with { Best = Watched.ValidationAccuracy }) { Validation = Test };

        var run = trainer.Fit(0.01, cancellation: Token);

        Assert.Equal(LossOf(network, Test), run.ValidationLoss!.Value, 1e-5);
        Assert.Equal((null, 1500L), (run.Loss, run.Summary.Samples));
        Assert.True(run.Best!.Value >= run.ValidationAccuracy);
    }

    [Fact]
    public void Fit_TwoKindsOfValidation_OneSentence()
    {
        using var network = new Own();
        var trainer = new Trainer(network, Train, Losses.CrossEntropy, Short with { Validation = 0.1 }) { Validation = Test };
        Assert.Equal(
            "Validation is 0.1, but the trainer has validation samples of its own; leave one of them out.",
            Assert.Throws<InvalidInputException>(() => trainer.Fit(0.01, cancellation: Token)).Message);
    }

    [Fact]
    public void Fit_BatchesOfAnotherType_ValidationAndAnEarlyStop()
    {
        using var network = new TwoInputs();
        var samples = Samples.Of(300, indices => new Pair(_inputs[tensor(indices)], indices));
        var trainer = new Trainer<Pair>(
            network,
            samples,
            pair => network.parameters().Select(parameter => parameter.square().sum()).Aggregate((left, right) => left + right),
            Short with { Validation = 0.1, StopEarly = 1, Length = Duration.Epochs(50) });

        var run = trainer.Fit(Schedule.Constant(1e-30), cancellation: Token);

        Assert.Equal((RunStatus.Completed, true, Watched.ValidationLoss), (run.Status, run.StoppedEarly, run.Best!.Watched));
        Assert.Equal(540, run.Summary.Samples, 20.0);
    }

    [Fact]
    public void Fit_WatchedThatIsNeverANumber_NoBestAndANote()
    {
        using var network = new Flat();
        var broken = Samples.Of(_inputs[300..], full(100, double.NaN, ScalarType.Float32));
        var trainer = new Trainer(
            network,
            Samples.Of(_inputs[..300], _inputs[..300].sum(1)),
            (outputs, targets) => (outputs.reshape(-1) - targets).square().mean(),
            Short with { StopEarly = 2 },
            broken);

        var run = trainer.Fit(0.01, cancellation: Token);

        Assert.Equal((null, null, true), (run.Best, run.BestWeights, run.StoppedEarly));
        Assert.Equal(
            ["test-loss was a finite number at the end of no epoch, so that no weights are kept as the best."],
            run.Notes.Where(note => note.Contains("finite", StringComparison.Ordinal)));
    }

    [Fact]
    public void CopyTo_AnotherNetwork_AllFindingsAndNothingChanged()
    {
        using var network = new Own();
        using var other = new Flat();
        var run = new Trainer(network, Train, Losses.CrossEntropy, Short with { Best = Watched.TestLoss }, Test).Fit(0.01, cancellation: Token);
        var before = State(other);

        var message = Assert.Throws<InvalidInputException>(() => run.BestWeights!.CopyTo(other)).Message;

        Assert.Contains("the tensor '_last.weight' of the best weights is Float32 (2, 16), but the network needs Float32 (1, 6).", message, StringComparison.Ordinal);
        Assert.Contains("the best weights have a tensor '_first.weight' that the network does not have.", message, StringComparison.Ordinal);
        Assert.Equal(before, State(other));
    }

    private static double LossOf(Own network, ISamples<SupervisedBatch> samples)
    {
        using var noGrad = no_grad();
        network.eval();
        var (inputs, targets) = samples.Read([.. Enumerable.Range(0, samples.Count)], SampleDraw.Evaluation);
        return Losses.CrossEntropy(network.call(inputs), targets).item<float>();
    }
}
