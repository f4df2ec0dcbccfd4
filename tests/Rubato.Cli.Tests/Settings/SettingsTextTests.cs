using Rubato.Cli.Settings;

namespace Rubato.Cli.Tests.Settings;

public sealed class SettingsTextTests
{
    [Fact]
    public void ToYaml_Settings_OneLineEach() =>
        Assert.Equal(
            """
            data: mnist:data/mnist
            label: null
            held-out: 0.2
            train-samples: 1000
            validation: 0.1
            augment: "crop(4), flip"
            network: "mlp(256, 128, norm batch)"
            init: runs/a/model.safetensors
            freeze: "1.*, *.bias"
            freeze-last: true
            no-affine: false
            loss: cross-entropy
            label-smoothing: 0
            optimizer: sgd
            lr: 1e-5
            warmup: 0.1
            epochs: 204.8
            length: null
            batch: "multi-step(128, gamma 5, at 60ep)"
            tail: carry
            micro-batch: null
            ghost-batch: null
            sync-batch-norm: false
            rewrite: ""
            measure-noise: null
            momentum: null
            weight-decay: 0.0005
            clip-norm: 1
            clip-value: "linear(1 -> 0.1)"
            groups: "*.bias(weight-decay 0)"
            guard: "off"
            best: validation-accuracy
            stop-early: 7
            seed: -3
            device: cuda:0
            threads: null
            save-every: usual
            keep: 2
            out: runs
            name: "null"

            """,
            SettingsText.ToYaml(new TrainSettings
            {
                Data = "mnist:data/mnist",
                TrainSamples = 1000,
                Validation = 0.1,
                Augment = "crop(4), flip",
                Network = "mlp(256, 128, norm batch)",
                Init = "runs/a/model.safetensors",
                Freeze = "1.*, *.bias",
                FreezeLast = true,
                LearningRate = Rate.Parse("1e-5"),
                Warmup = 0.1,
                Epochs = 204.8,
                Batch = Batch.Parse("multi-step(128, gamma 5, at 60ep)"),
                WeightDecay = Schedule.Parse("0.0005"),
                ClipNorm = 1,
                ClipValue = Schedule.Parse("linear(1 -> 0.1)"),
                Groups = ParameterGroups.Parse("*.bias(weight-decay 0)"),
                Guard = false,
                Best = Watched.ValidationAccuracy,
                StopEarly = 7,
                Seed = -3,
                Device = "cuda:0",
                Name = "null",
            }));

    [Theory]
    [InlineData("first-try", "first-try")]
    [InlineData("a:b", "a:b")]
    [InlineData("a:", "\"a:\"")]
    [InlineData("Yes", "\"Yes\"")]
    [InlineData("12", "\"12\"")]
    [InlineData("", "\"\"")]
    [InlineData("say \"hi\"\\\n\t", "\"say \\\"hi\\\"\\\\\\n\\t\"")]
    [InlineData("größe 😀", "\"größe 😀\"")]
    [InlineData("\u0001\u0085\u2028", "\"\\u0001\\u0085\\u2028\"")]
    public void ToYaml_Text_QuotedWhereItMust(string name, string printed) =>
        Assert.EndsWith($"name: {printed}\n", SettingsText.ToYaml(new TrainSettings { Name = name }), StringComparison.Ordinal);

    [Theory]
    [InlineData("0.1", "0.1")]
    [InlineData("1e-5", "1e-5")]
    [InlineData(" .50 ", "0.5")]
    [InlineData("(0.1)", "\"(0.1)\"")]
    [InlineData("auto", "auto")]
    [InlineData("one-cycle", "one-cycle")]
    [InlineData("0.1*linear(1->0)", "\"0.1 * linear(1 -> 0)\"")]
    public void ToYaml_Rate_NumbersWithoutQuotes(string rate, string printed) =>
        Assert.Contains($"\nlr: {printed}\n", SettingsText.ToYaml(new TrainSettings { LearningRate = Rate.Parse(rate) }), StringComparison.Ordinal);
}
