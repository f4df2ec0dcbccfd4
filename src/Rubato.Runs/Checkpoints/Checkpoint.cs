using System.Globalization;

namespace Rubato.Runs.Checkpoints;

/// <summary>A checkpoint of a run: a folder with <c>state.json</c>, <c>tensors.safetensors</c> and <c>SHA256SUMS</c> over both.</summary>
/// <param name="Path">The folder, <c>RUN/checkpoints/update-N</c>.</param>
/// <param name="Updates">Applied updates when it was written; at least 0.</param>
/// <remarks>Immutable. <c>sha256sum -c SHA256SUMS</c> checks it as <see cref="Finding"/> does.</remarks>
public sealed record Checkpoint(string Path, long Updates)
{
    internal const string Prefix = "update-";
    private const string SumsName = "SHA256SUMS";

    /// <summary>All but tensors: strict JSON with a version.</summary>
    public string StatePath => System.IO.Path.Combine(Path, "state.json");

    /// <summary>The tensors.</summary>
    public string TensorsPath => System.IO.Path.Combine(Path, "tensors.safetensors");

    internal string SumsPath => System.IO.Path.Combine(Path, SumsName);

    /// <summary>The checkpoint in a folder; null if its name is of something else.</summary>
    internal static Checkpoint? In(string folder)
    {
        var name = System.IO.Path.GetFileName(folder);
        return name.StartsWith(Prefix, StringComparison.Ordinal)
            && long.TryParse(name.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var updates)
            ? new Checkpoint(folder, updates)
            : null;
    }

    /// <summary>Why it cannot be used: short, changed, or with a part missing; null if it is whole.</summary>
    /// <returns>A clause about it, such as <c>tensors.safetensors is not what SHA256SUMS says</c>.</returns>
    public string? Finding()
    {
        try
        {
            var sums = File.Exists(SumsPath) ? File.ReadAllBytes(SumsPath) : null;
            return sums is null ? $"it has no {SumsName}"
                : CheckpointSums.Read(StatePath, TensorsPath) is var found && !sums.AsSpan().SequenceEqual(found.Text)
                ? CheckpointSums.Difference(sums, found)
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"it cannot be read ({exception.Message.TrimEnd('.')})";
        }
    }
}
