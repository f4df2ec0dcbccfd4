using System.Globalization;
using System.Text;
using Rubato.Rewrites;
using Rubato.Runs.Files;

namespace Rubato.Runs.Plans;

/// <summary>
/// Writes a plan as a table: <c>step,epoch,samples,learning_rate,batch_size,momentum,weight_decay</c>, a row an update, as the run of the
/// plan has them in its <c>steps.jsonl</c>: steps from 1, epoch and samples after the update. The epoch is empty where the size of the
/// training set is not known. Where the noise scale is asked for, <c>noise_scale</c> follows, as <see cref="PlanNoise"/> has it. Where the
/// exponential rate is asked for, <c>log10_exponential_rate</c> and <c>log10_growth</c> follow: the decimal logarithms of the rate that
/// stands for rate and weight decay of the row, and of how many times larger the weights are before the update. A parameter group adds
/// <c>NAME.learning_rate</c>, <c>NAME.momentum</c>, <c>NAME.weight_decay</c>, and these two. Numbers are the shortest text that reads back
/// equal; the logarithm of 0 is <c>-Infinity</c>.
/// </summary>
public static class PlanCsv
{
    private const string Header = "step,epoch,samples,learning_rate,batch_size,momentum,weight_decay";
    private static readonly double LogTen = Math.Log(10);

    /// <summary>Writes a file, which is seen whole or not at all.</summary>
    /// <param name="path">The file; replaced where it exists.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="every">Keeps each such update, and the last one; at least 1.</param>
    /// <param name="noise">In which form the noise scale has a column; null for none.</param>
    /// <param name="exponential">In which form the exponential rate has columns; null for none.</param>
    /// <param name="cancellation">Stops it; no file is left behind.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="every"/> is out of its range.</exception>
    /// <exception cref="InvalidInputException">
    /// The noise scale is asked for, and the size of the training set is not known; or the plan does not meet the conditions of the form.
    /// </exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static void Write(
        string path, TrainingPlan plan, long every, NoiseForm? noise, ExponentialRewrite? exponential, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentOutOfRangeException.ThrowIfLessThan(every, 1);
        AtomicFile.Write(path, stream =>
        {
            using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16, leaveOpen: true);
            Write(writer, plan, every, noise, exponential, cancellation);
        });
    }

    /// <summary>Writes the table.</summary>
    /// <param name="writer">Receives it, with line feeds.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="every">Keeps each such update, and the last one; at least 1.</param>
    /// <param name="noise">In which form the noise scale has a column; null for none.</param>
    /// <param name="exponential">In which form the exponential rate has columns; null for none.</param>
    /// <param name="cancellation">Stops it.</param>
    internal static void Write(
        TextWriter writer,
        TrainingPlan plan,
        long every,
        NoiseForm? noise,
        ExponentialRewrite? exponential,
        CancellationToken cancellation)
    {
        var groups = plan.Settings.Groups;
        writer.Write(Header);
        writer.Write(noise is null ? "" : ",noise_scale");
        writer.Write(exponential is null ? "" : ",log10_exponential_rate,log10_growth");
        string[] growing = exponential is null ? [] : ["log10_exponential_rate", "log10_growth"];
        string[] columns = ["learning_rate", "momentum", "weight_decay", .. growing];
        foreach (var group in groups)
        {
            writer.Write(string.Concat(columns.Select(column => $",{TableLine.Quoted($"{group.Name}.{column}")}")));
        }

        // Only a group with schedules of its own needs rates of its own.
        var rates = exponential?.Apply(plan);
        ExponentialPlan?[] ofGroups =
        [
            .. groups.Select(group => group is { LearningRate: null, Momentum: null, WeightDecay: null }
                ? rates
                : exponential?.Apply(plan, group.Name)),
        ];

        writer.Write('\n');
        foreach (var update in plan.EnumerateUpdates())
        {
            if (update.Step % every == 0 || plan.IsOver(update.End))
            {
                Write(writer, plan, update, noise, rates, ofGroups);
            }

            if (update.Step % 4096 == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }
        }
    }

    private static void Write(
        TextWriter writer,
        TrainingPlan plan,
        in PlannedUpdate update,
        NoiseForm? noise,
        ExponentialPlan? rates,
        ExponentialPlan?[] ofGroups)
    {
        var values = update.HyperParameters;
        var epoch = plan.Settings.SamplesPerEpoch is { } size ? ((double)update.End / size).ToString(CultureInfo.InvariantCulture) : "";
        writer.Write(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{update.Step},{epoch},{update.End},{values.LearningRate},{values.BatchSize},{values.Momentum},{values.WeightDecay}"));
        if (noise is { } form)
        {
            writer.Write(string.Create(CultureInfo.InvariantCulture, $",{PlanNoise.Of(plan, values, form)}"));
        }

        Write(writer, rates?.Update(update.Step));
        for (var group = 0; group < plan.Settings.Groups.Length; group++)
        {
            var own = plan.At(update.Start, plan.Settings.Groups[group].Name);
            writer.Write(string.Create(CultureInfo.InvariantCulture, $",{own.LearningRate},{own.Momentum},{own.WeightDecay}"));
            Write(writer, ofGroups[group]?.Update(update.Step));
        }

        writer.Write('\n');
    }

    private static void Write(TextWriter writer, ExponentialUpdate? update)
    {
        if (update is { } rate)
        {
            writer.Write(string.Create(CultureInfo.InvariantCulture, $",{rate.LogRate / LogTen},{rate.LogGrowth / LogTen}"));
        }
    }
}
