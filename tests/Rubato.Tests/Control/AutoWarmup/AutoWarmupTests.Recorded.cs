using System.Globalization;
using Rubato.Control;

namespace Rubato.Tests.Control;

/// <summary>Losses as trainings of 25 updates an epoch once had them while their rate rose: what is decided of them is the same on any processor.</summary>
public sealed partial class AutoWarmupTests
{
    [Fact]
    public void Observe_RecordedMlp_SwitchesToTheMinimumWithinHalfOfTheRun()
    {
        var state = WarmupRun.Of(new AutoWarmup(WarmupRun.Plan(epochs: 10, updatesPerEpoch: 25)), Recorded("""
            2.356 2.371 2.325 2.312 2.302 2.322 2.303 2.353 2.378 2.309 2.304 2.322 2.362 2.344 2.3 2.353 2.344 2.331 2.324 2.36 2.305 2.367 2.304
            2.334 2.367 2.31 2.289 2.296 2.28 2.36 2.322 2.345 2.347 2.345 2.318 2.309 2.326 2.283 2.371 2.308 2.331 2.383 2.299 2.311 2.367 2.327
            2.28 2.302 2.366 2.372 2.254 2.238 2.31 2.288 2.307 2.272 2.296 2.301 2.341 2.302 2.336 2.306 2.23 2.268 2.316 2.265 2.242 2.23 2.23 2.236
            2.246 2.254 2.154 2.203 2.175 2.121 2.192 2.166 2.159 2.038 2.027 2.149 2.029 1.974 2.033 1.937 1.839 1.939 1.901 2.021 1.813 1.969 1.763
            1.875 2.052 2.01 1.94 1.656 1.444 2.376 1.29 1.668 1.676 1.683 1.681 2.083 1.828 2.214 2.459 1.91 2.414 1.945 3.056 3.936 3.403 2.904
            2.647 2.679 2.384 2.351 2.096 2.459 2.135 2.049 2.696
            """)).State;

        Assert.Equal((113, AutoWarmupReason.Minimum, 5), (state.Switch!.Updates, state.Switch.Reason, state.Verdicts));
        Assert.InRange(state.Switch.Minimum!.Value, 95, 97);
        Assert.Equal(1e-5 * Math.Pow(1e5, state.Switch.Minimum.Value / 125), state.Switch.LearningRate, 1e-12);
        Assert.InRange(state.Probability!.Value, 0.95, 1);
    }

    [Fact]
    public void Observe_RecordedNetworkWithBatchNormalization_AsPublishedSwitchesAtTheEndOfAnEpoch()
    {
        var controller = new AutoWarmup(WarmupRun.Plan(epochs: 20, updatesPerEpoch: 25), AutoWarmupSettings.Paper with { MaxLr = 10 });
        var state = WarmupRun.Of(controller, Recorded("""
            2.385 2.435 2.354 2.368 2.29 2.334 2.325 2.421 2.437 2.33 2.341 2.387 2.403 2.412 2.311 2.413 2.406 2.387 2.372 2.412 2.321 2.436 2.279
            2.389 2.425 2.32 2.299 2.305 2.323 2.414 2.335 2.396 2.428 2.398 2.354 2.312 2.376 2.311 2.402 2.301 2.388 2.436 2.336 2.359 2.447 2.412
            2.298 2.355 2.414 2.439 2.264 2.253 2.368 2.309 2.367 2.332 2.347 2.373 2.439 2.427 2.427 2.332 2.304 2.36 2.456 2.313 2.223 2.298 2.327
            2.362 2.327 2.343 2.324 2.295 2.275 2.306 2.366 2.337 2.341 2.255 2.138 2.288 2.287 2.306 2.213 2.304 2.262 2.209 2.299 2.1 2.219 2.23
            2.206 2.277 2.235 2.177 2.158 2.182 2.073 2.197 2.123 2.089 2.17 2.182 2.077 2.088 1.98 2.011 2.094 1.989 2.1 1.978 2.034 2.063 2.014
            2.057 2.104 1.955 2.03 2.008 1.837 2.059 1.962 1.982 2.036 1.794 1.815 1.72 1.803 1.744 1.744 1.789 1.784 1.72 1.717 1.773 1.698 1.627
            1.712 1.759 1.903 1.797 1.692 1.759 1.713 1.778 1.822 1.672 1.858 1.689 1.4 1.424 1.242 1.303 1.42 1.567 1.305 1.186 1.242 1.424 1.166
            1.376 1.361 1.63 1.222 1.456 1.672 1.372 1.647 1.462 1.737 1.575 1.489 1.628 1.719 1.155 1.458 1.76 1.356 1.609 1.215 1.388 1.145 1.41
            1.536 1.521 1.684 1.568 1.279 1.746 1.703 1.55 2.012 1.725 1.381 1.654 1.45 1.806 1.923 2.268 1.655 1.657 1.78 1.807 1.215 1.586 1.898
            1.505 1.658 2.478 2.045 1.678 2.729 2.212 2.204 2.461 2.376 2.565 2.405 2.712 2.6 2.213 1.93 2.346 2.549 2.401 2.087 2.459 2.383 2.023
            2.274 2.017 1.949 2.451 2.16 2.076 2.162 2.03 1.75 1.891 2.14 2.127 1.892 1.972 1.913 1.999 1.91 1.9 2.007 1.897
            """)).State;

        Assert.Equal((225, AutoWarmupReason.Minimum, 9L), (state.Switch!.Updates, state.Switch.Reason, state.Tests));
    }

    private static Func<long, double, double> Recorded(string losses)
    {
        double[] seen = [.. losses.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(loss => double.Parse(loss, CultureInfo.InvariantCulture))];

        // After the switch nothing is looked at.
        return (update, _) => update < seen.Length ? seen[update] : double.NaN;
    }
}
