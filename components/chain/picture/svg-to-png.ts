/** Pixels a side that every browser can hold. */
const MOST = 8_192;

/**
 * Size of the pixels for a drawing: twice the drawing's, less where a side would be longer than a canvas may be.
 */
export function pngSize(width: number, height: number): { width: number; height: number } {
  const scale = Math.min(2, MOST / Math.max(1, width), MOST / Math.max(1, height));
  return {
    width: Math.max(1, Math.floor(width * scale)),
    height: Math.max(1, Math.floor(height * scale)),
  };
}

/**
 * An SVG document as a PNG.
 *
 * @throws Error where the browser cannot draw it, as for want of memory
 */
export async function svgToPng(svg: string): Promise<Blob> {
  const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    const size = pngSize(image.naturalWidth, image.naturalHeight);
    canvas.width = size.width;
    canvas.height = size.height;
    canvas.getContext("2d")?.drawImage(image, 0, 0, size.width, size.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => {
        if (blob === null) reject(new Error("The browser could not make a PNG of this size."));
        else resolve(blob);
      }, "image/png");
    });
  } finally {
    URL.revokeObjectURL(address);
  }
}
