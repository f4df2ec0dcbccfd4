using System.Collections.Immutable;
using Rubato.Data.Datasets.Reading;

namespace Rubato.Data.Datasets.Cifar;

/// <summary>Decodes the record files of CIFAR. What is allocated follows from the files' own lengths.</summary>
internal static class CifarFile
{
    // Records read at once: few enough for the buffer to be small, many enough for the calls not to count.
    private const int Chunk = 16;

    /// <summary>What is wrong with a file's length, or null: it must be a positive multiple of the record length.</summary>
    internal static string? LengthFinding(CifarFormat format, InputFile file)
    {
        var record = format.RecordLength;
        if (file.Length == 0)
        {
            return $"{file.Name} is empty; fetch it again.";
        }

        return file.Length % record == 0
            ? null
            : $"{file.Name} holds {file.Length} bytes, which is no multiple of a {format.Title} record's {record}; it is cut short or "
                + $"no {format.Title} binary file, so fetch it again.";
    }

    /// <summary>Reads files of right lengths one after the other.</summary>
    internal static (byte[] Pixels, byte[] Labels) Read(CifarFormat format, ImmutableArray<InputFile> files)
    {
        var count = files.Sum(file => file.Length / format.RecordLength);
        if (count * CifarFormat.Pixels > Array.MaxLength)
        {
            throw new InvalidInputException($"{files[0].Name} and its split hold {count} images; up to "
                + $"{Array.MaxLength / CifarFormat.Pixels} can be held.");
        }

        var pixels = new byte[count * CifarFormat.Pixels];
        var labels = new byte[count];
        var buffer = new byte[Chunk * format.RecordLength];
        var findings = new List<Finding>();
        var first = 0;
        foreach (var file in files)
        {
            first += ReadFile(format, file, buffer, pixels.AsSpan(first * CifarFormat.Pixels), labels.AsSpan(first), findings);
        }

        return findings.Count == 0 ? (pixels, labels) : throw new InvalidInputException(findings);
    }

    private static int ReadFile(
        CifarFormat format, InputFile file, byte[] buffer, Span<byte> pixels, Span<byte> labels, List<Finding> findings)
    {
        var record = format.RecordLength;
        var count = (int)(file.Length / record);
        var found = false;
        using var stream = file.Open();
        for (var start = 0; start < count; start += Chunk)
        {
            var chunk = buffer.AsSpan(0, Math.Min(Chunk, count - start) * record);
            if (file.ReadUpTo(stream, chunk) < chunk.Length)
            {
                throw new InvalidInputException(new Finding($"{file.Name} became shorter while it was read")
                {
                    Remedy = "try again when nothing writes to it",
                });
            }

            for (var i = start; chunk.Length > 0; i++, chunk = chunk[record..])
            {
                // One finding a file: a file that is not CIFAR's breaks the rule in nearly every record.
                if (!found && LabelFinding(format, file, chunk, i) is { } finding)
                {
                    findings.Add(finding);
                    found = true;
                }

                labels[i] = chunk[format.LabelBytes.Length - 1];
                chunk[format.LabelBytes.Length..record].CopyTo(pixels[(i * CifarFormat.Pixels)..]);
            }
        }

        return count;
    }

    private static string? LabelFinding(CifarFormat format, InputFile file, ReadOnlySpan<byte> record, int index)
    {
        for (var i = 0; i < format.LabelBytes.Length; i++)
        {
            var (name, values) = format.LabelBytes[i];
            if (record[i] >= values)
            {
                return $"The {name} of record {index} (counted from 0) of {file.Name} is {record[i]}; {format.Title} has 0 to "
                    + $"{values - 1}, so the file is damaged: fetch it again.";
            }
        }

        return null;
    }
}
