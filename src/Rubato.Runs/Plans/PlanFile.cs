using System.Text;
using Rubato.Runs.Files;

namespace Rubato.Runs.Plans;

/// <summary>A plan as a file of <see cref="PlanJson"/>.</summary>
public static class PlanFile
{
    /// <summary>Writes a file, which is seen whole or not at all.</summary>
    /// <param name="path">The file; replaced where it exists.</param>
    /// <param name="settings">The plan.</param>
    /// <exception cref="InvalidInputException">The plan cannot be written as JSON.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, PlanSettings settings)
    {
        var json = Encoding.UTF8.GetBytes(PlanJson.Write(settings));
        AtomicFile.Write(path, stream => stream.Write(json));
    }
}
