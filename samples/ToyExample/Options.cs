using System.Globalization;

namespace Samples.ToyExample;

/// <summary>The command line.</summary>
public sealed record Options(ToySettings Settings, int Seeds, string? Svg)
{
    public const string Usage = "usage: [--seeds N] [--updates N] [--batch N] [--weight-decay X] [--svg FILE]; at least 1 seed, 10 updates and 3 samples a batch, a weight decay of at least 0 and below 1.";

    /// <summary>Null where it is not as <see cref="Usage"/> says.</summary>
    public static Options? Parse(IReadOnlyList<string> arguments)
    {
        Options? options = arguments.Count % 2 == 0 ? new Options(new ToySettings(), 5, null) : null;
        for (var i = 0; i < arguments.Count && options is not null; i += 2)
        {
            options = options.With(arguments[i], arguments[i + 1]);
        }

        return options;
    }

    private Options? With(string name, string value) => name switch
    {
        "--seeds" when Whole(value, least: 1) is { } seeds => this with { Seeds = seeds },
        "--updates" when Whole(value, least: 10) is { } updates => this with { Settings = Settings with { Updates = updates } },
        "--batch" when Whole(value, least: 3) is { } size => this with { Settings = Settings with { BatchSize = size } },
        "--weight-decay" when double.TryParse(value, CultureInfo.InvariantCulture, out var decay) && decay is >= 0 and < 1 => this with { Settings = Settings with { WeightDecay = decay } },
        "--svg" => this with { Svg = value },
        _ => null,
    };

    private static int? Whole(string text, int least) => int.TryParse(text, CultureInfo.InvariantCulture, out var value) && value >= least ? value : null;
}
