using System.Text;
using System.Text.Json.Nodes;

namespace Rubato.ManyRuns;

/// <summary>A file of JSON objects, one a line, each with the name of its run, that several processes read and add to in turns.</summary>
internal sealed class Results(string path)
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private long _end;

    /// <summary>Whether a run is there, from this process or from another.</summary>
    internal bool Has(string name)
    {
        using var file = Open();
        Read(file);
        return _names.Contains(name);
    }

    /// <summary>Adds a run.</summary>
    internal void Add(JsonObject result)
    {
        using var file = Open();
        Read(file);

        // What follows the last whole line is of a process that was killed while it wrote.
        file.SetLength(_end);
        file.Position = _end;
        file.Write(Encoding.UTF8.GetBytes(result.ToJsonString() + "\n"));
    }

    private FileStream Open()
    {
        while (true)
        {
            if (HeldFile.TryOpen(path, FileOptions.None) is { } file)
            {
                return file;
            }

            Thread.Sleep(1);
        }
    }

    private void Read(FileStream file)
    {
        var added = new byte[file.Length - _end];
        file.Position = _end;
        file.ReadExactly(added);
        var whole = added.AsSpan(0, added.AsSpan().LastIndexOf((byte)'\n') + 1);
        foreach (var line in Encoding.UTF8.GetString(whole).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            _names.Add(JsonNode.Parse(line)!["name"]!.GetValue<string>());
        }

        _end += whole.Length;
    }
}
