namespace TaskMatrix.App.Inspections;

/// <summary>How somebody without this program checks a dossier.</summary>
internal static class DossierCheck
{
    /// <summary>Needs sha256sum, grep, head and cut. Exit 0 and the newest hash when all is as it was; 1 and the place otherwise.</summary>
    public const string Script = """
        #!/bin/sh
        cd "$(dirname "$0")" || exit 2
        sha256sum --quiet --strict -c SHA256SUMS || { echo "BROKEN: a file is not what SHA256SUMS says"; exit 1; }
        before=""
        for entry in chain/*.json; do
          named=$(grep -o '"previousHash":"[0-9a-f]*"' "$entry" | head -n 1 | cut -d '"' -f 4)
          if [ -n "$before" ] && [ "$named" != "$before" ]; then
            echo "BROKEN: $entry does not follow the entry before it"
            exit 1
          fi
          before=$(sha256sum "$entry" | cut -d ' ' -f 1)
        done
        read -r sequence hash < chain/HEAD
        if [ "$hash" != "$before" ]; then
          echo "BROKEN: chain/HEAD is not the hash of the newest entry"
          exit 1
        fi
        echo "OK $sequence $hash"

        """;

    public static string Words(DossierWords words) => string.Join("\n\n", new[]
    {
        words.Text("dossier.check", []), words.Text("dossier.check-sums", []) + "\n\n    sha256sum -c SHA256SUMS", words.Text("dossier.check-chain", []) + "\n\n    sh check.sh",
        words.Text("dossier.check-head", []),
    }) + "\n";
}
