using System.Text.Encodings.Web;
using System.Text.Json;
using Rubato.RangeTests;
using Rubato.Runs.Files;

namespace Rubato.Runs.RangeTests;

/// <summary>
/// Writes a range test as JSON: <c>suggestion</c>, the answer of the variant to train with, then <c>test</c> or <c>source</c>,
/// <c>settings</c>, and <c>variants</c>, each with its answer, the answers of all rules, and its runs. Numbers that are not finite stand as
/// the strings <c>"NaN"</c>, <c>"Infinity"</c> and <c>"-Infinity"</c>.
/// </summary>
public static class RangeTestJson
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        // The file is read by people; it is not put into a page unescaped.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes a file, which is seen whole or not at all.</summary>
    /// <param name="path">The file; replaced where it exists.</param>
    /// <param name="report">The range test.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, RangeTestReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        AtomicFile.Write(path, stream => Write(stream, report));
    }

    /// <summary>Writes the document.</summary>
    /// <param name="stream">Receives UTF-8 that ends with a new line.</param>
    /// <param name="report">The range test.</param>
    internal static void Write(Stream stream, RangeTestReport report)
    {
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            json.WriteString("status", report.IsInterrupted ? "interrupted" : "completed");
            json.WritePropertyName("suggestion");
            WriteSuggestion(json, report.Best);
            Number(json, "batch_size", report.BatchSize);
            json.WriteString("source", report.Source);
            WriteTest(json, report);
            json.WriteStartObject("settings");
            foreach (var (name, value) in report.Settings)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
            json.WriteStartArray("variants");
            var run = 0;
            foreach (var variant in report.Variants)
            {
                WriteVariant(json, variant, ref run);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        stream.Write("\n"u8);
    }

    private static void WriteTest(Utf8JsonWriter json, RangeTestReport report)
    {
        if (report.Test is { } test)
        {
            json.WriteStartObject("test");
            json.WriteNumber("start_lr", test.StartLr);
            json.WriteNumber("end_lr", test.EndLr);
            json.WriteNumber("iterations", test.Updates);
            json.WriteString("spacing", test.Spacing == RangeSpacing.Linear ? "linear" : "exponential");
            json.WriteNumber("diverge_threshold", test.DivergeThreshold);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("test");
        }

        json.WriteNumber("base_divisor", report.BaseDivisor);
        Number(json, "train_samples", report.TrainSamples);
        Number(json, "held_out_samples", report.HeldOutSamples);
        Number(json, "samples", report.Samples);
        Number(json, "seconds", report.Seconds);
    }

    private static void WriteSuggestion(Utf8JsonWriter json, MeasuredVariant variant)
    {
        var suggestion = variant.Suggestion;
        json.WriteStartObject();
        Number(json, "base_lr", suggestion.Range?.BaseLr);
        Number(json, "max_lr", suggestion.Range?.MaxLr);
        json.WriteString("rule", suggestion.Rule);
        json.WriteNumber("confidence", suggestion.Confidence);
        json.WriteString("reason", suggestion.Reason);
        json.WriteString("momentum", variant.Momentum);
        json.WriteString("weight_decay", variant.WeightDecay);
        json.WriteEndObject();
    }

    private static void WriteVariant(Utf8JsonWriter json, MeasuredVariant variant, ref int run)
    {
        var first = run;
        json.WriteStartObject();
        json.WriteString("momentum", variant.Momentum);
        json.WriteString("weight_decay", variant.WeightDecay);
        Number(json, "lowest_loss", variant.Band?.Lowest.Loss);
        Number(json, "lowest_loss_lr", variant.Band?.Lowest.LearningRate);
        json.WritePropertyName("suggestion");
        WriteSuggestion(json, variant);
        json.WriteStartArray("answers");
        foreach (var answer in variant.Suggestion.Answers)
        {
            json.WriteStartObject();
            json.WriteString("rule", answer.Rule);
            json.WriteNumber("run", first + answer.Run);
            Number(json, "base_lr", answer.Range?.BaseLr);
            Number(json, "max_lr", answer.Range?.MaxLr);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("runs");
        foreach (var measured in variant.Runs)
        {
            WriteRun(json, measured, ++run);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteRun(Utf8JsonWriter json, MeasuredRun run, int number)
    {
        var points = run.Curve.Points;
        json.WriteStartObject();
        json.WriteNumber("run", number);
        json.WriteString("end", EndOf(run.Curve.End));
        json.WriteNumber("iterations", points.Length);
        Number(json, "noise", run.Smoothed?.Noise);
        Numbers(json, "learning_rate", points.Select(point => (double?)point.LearningRate));
        Numbers(json, "loss", points.Select(point => (double?)point.Loss));
        Numbers(json, "accuracy", points.Select(point => point.Accuracy));
        json.WriteEndObject();
    }

    private static string EndOf(RangeEnd end) => end switch
    {
        RangeEnd.Completed => "completed",
        RangeEnd.Diverged => "diverged",
        RangeEnd.NonFinite => "non_finite",
        _ => "interrupted",
    };

    private static void Numbers(Utf8JsonWriter json, string name, IEnumerable<double?> values)
    {
        // On one line, or a run would be thousands of them.
        json.WritePropertyName(name);
        json.WriteRawValue($"[{string.Join(", ", values.Select(Text))}]");
    }

    private static void Number(Utf8JsonWriter json, string name, double? value)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(Text(value));
    }

    private static string Text(double? value) =>
        value is not { } number ? "null" : double.IsFinite(number) ? $"{number:R}" : $"\"{number}\"";
}
