using Rubato.Cli.Catalog;
using Rubato.Torch.Optimizers;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests.Optimizers;

public sealed class OptimizerCatalogTests
{
    /// <summary>One row a case of golden data: a newcomer adds its file and its row.</summary>
    public static TheoryData<string, string> Cases => new()
    {
        { "sgd", "sgd" },
        { "sgd-momentum", "sgd" },
        { "sgd-nesterov", "nesterov" },
        { "sgd-changing-rate", "sgd" },
        { "sgd-changing-all", "sgd" },
        { "sgd-multipliers", "sgd" },
        { "adam", "adam" },
        { "adam-fast", "adam(beta2 0.999, eps 1e-8)" },
        { "adamw", "adamw" },
        { "rmsprop", "rmsprop(alpha 0.99)" },
        { "rmsprop-momentum", "rmsprop" },
        { "adagrad", "adagrad" },
        { "adadelta", "adadelta" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Create_TwentySteps_AgreesWithTorch(string golden, string text) => Train(golden, text, ScalarType.Float64, 1e-10);

    // What a processor makes of 32 bits differs from one to the next.
    [Fact]
    public void Create_TwentyStepsOfSinglePrecision_AgreesWithTorchRoughly() => Train("sgd-nesterov", "nesterov", ScalarType.Float32, 1e-3);

    [Fact]
    public void Kinds_Names_AreThese() => Assert.Equal(
        ["sgd", "nesterov", "adam", "adamw", "rmsprop", "adagrad", "adadelta", "adamp", "sgdp", "lamb", "lars"], OptimizerCatalog.Kinds.Select(kind => kind.Name));

    [Theory]
    [InlineData("adm", "optimizer is 'adm', which is unknown; there are sgd, nesterov, adam, adamw, rmsprop, adagrad, adadelta, adamp, sgdp, lamb, lars. Did you mean 'adam'?")]
    [InlineData("lion", "optimizer is 'lion', which is unknown; there are sgd, nesterov, adam, adamw, rmsprop, adagrad, adadelta, adamp, sgdp, lamb, lars.")]
    [InlineData("sgd(nesterov true)", "optimizer 'sgd(nesterov true)', column 5: sgd has no option 'nesterov'; its options are buffer.")]
    [InlineData("sgd(0.9)", "optimizer 'sgd(0.9)', column 5: sgd takes no value '0.9'; its options are buffer.")]
    [InlineData("nesterov(buffer no)", "optimizer 'nesterov(buffer no)', column 17: buffer is no, but must be one of keep, rescale.")]
    [InlineData("adam(beta2 1)", "optimizer 'adam(beta2 1)', column 12: beta2 is 1, but must be a number at least 0 and below 1.")]
    [InlineData("adam(esp 1e-7)", "optimizer 'adam(esp 1e-7)', column 6: adam has no option 'esp'; its options are beta2, eps. Did you mean 'eps'?")]
    [InlineData("rmsprop(eps 0)", "optimizer 'rmsprop(eps 0)', column 13: eps is 0, but must be a number above 0.")]
    [InlineData("adadelta(rho x)", "optimizer 'adadelta(rho x)', column 14: rho is x, but must be a number at least 0 and below 1.")]
    [InlineData("adagrad(eps NaN)", "optimizer 'adagrad(eps NaN)', column 13: eps is NaN, but must be a number above 0.")]
    [InlineData("adamp(nesterov yes)", "optimizer 'adamp(nesterov yes)', column 16: nesterov is yes, but must be one of true, false.")]
    [InlineData("adamp(wd-ratio 1.5)", "optimizer 'adamp(wd-ratio 1.5)', column 16: wd-ratio is 1.5, but must be a number at least 0 and at most 1.")]
    [InlineData("adamp(delta -1)", "optimizer 'adamp(delta -1)', column 13: delta is -1, but must be a number at least 0.")]
    [InlineData("sgdp(dampening 1)", "optimizer 'sgdp(dampening 1)', column 16: dampening is 1, but must be a number at least 0 and below 1.")]
    [InlineData("sgdp(wd 1)", "optimizer 'sgdp(wd 1)', column 6: sgdp has no option 'wd'; its options are delta, wd-ratio, eps, dampening, nesterov.")]
    [InlineData("lamb(bias-correction no)", "optimizer 'lamb(bias-correction no)', column 22: bias-correction is no, but must be one of true, false.")]
    [InlineData("lars(trust 0)", "optimizer 'lars(trust 0)', column 12: trust is 0, but must be a number above 0.")]
    [InlineData("", "optimizer '', column 1: expected a name, but the text ends.")]
    public void Parse_WrongTexts_SaysWhat(string text, string message) =>
        Assert.Equal(message, Assert.Throws<InvalidInputException>(() => OptimizerCatalog.Parse(text)).Message);

    private static void Train(string golden, string text, ScalarType type, double tolerance)
    {
        var data = Golden.Read($"optimizers/{golden}.json");
        using var network = new GoldenNetwork(type);
        var hasMultipliers = data.TryGetProperty("multipliers", out var multipliers);
        ParameterGroup[] groups =
        [
            .. network.Layers.named_parameters().Select(named => hasMultipliers && multipliers.TryGetProperty(named.name, out var by)
                ? new ParameterGroup([named.parameter], by.Number("learning_rate"), by.Number("weight_decay"))
                : new ParameterGroup([named.parameter])),
        ];
        using var optimizer = OptimizerCatalog.Parse(text).Create(groups);
        var (rates, momenta, decays) = (data.Numbers("learning_rates"), data.Numbers("momentums"), data.Numbers("weight_decays"));
        var losses = new double[rates.Length];
        for (var step = 0; step < losses.Length; step++)
        {
            losses[step] = network.Backward(step);
            optimizer.TakeGradients();
            optimizer.Step(new HyperParameters(rates[step], 4, momenta[step], decays[step]));
        }

        Numbers.Close(data.Numbers("losses"), losses, tolerance, tolerance / 100);
        var state = network.Layers.state_dict();
        foreach (var entry in data.GetProperty("final").EnumerateArray())
        {
            Numbers.Close(entry.Numbers("values"), Numbers.Values(state[entry.GetProperty("name").GetString()!]), tolerance, tolerance / 100);
        }
    }
}
