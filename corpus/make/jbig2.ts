import { concatTransformationMatrix, drawObject, popGraphicsState, pushGraphicsState } from 'pdf-lib';
import { encodeGroup4 } from './fax.ts';
import { emptyPdf } from './print.ts';
import type { WornPage } from './scan.ts';
import { bilevel } from './tiff.ts';

/** Types of segments (ITU-T T.88, 7.3). */
const PAGE_INFORMATION = 48;
const GENERIC_REGION = 38;
/** Flag of a generic region whose pixels are coded as CCITT Group 4 codes them. */
const MMR = 1;

function segment(number: number, type: number, data: Buffer): Buffer {
  const head = Buffer.alloc(11);
  head.writeUInt32BE(number, 0);
  head.writeUInt8(type, 4);
  head.writeUInt8(1, 6);
  head.writeUInt32BE(data.length, 7);
  return Buffer.concat([head, data]);
}

/** A page of black (1) and white (0) pixels as JBIG2 the way a PDF holds it: without the head of a file. */
export function encodeJbig2(pixels: Uint8Array, width: number, height: number): Uint8Array {
  const page = Buffer.alloc(19);
  page.writeUInt32BE(width, 0);
  page.writeUInt32BE(height, 4);
  const region = Buffer.alloc(18);
  region.writeUInt32BE(width, 0);
  region.writeUInt32BE(height, 4);
  region.writeUInt8(MMR, 17);
  const coded = Buffer.concat([region, encodeGroup4(pixels, width, height)]);
  return Buffer.concat([segment(0, PAGE_INFORMATION, page), segment(1, GENERIC_REGION, coded)]);
}

/** Pages as a PDF of black and white images in JBIG2. */
export async function bilevelPdf(pages: readonly WornPage[]): Promise<Uint8Array> {
  const pdf = await emptyPdf();
  for (const { picture, width, height } of pages) {
    const image = pdf.context.stream(encodeJbig2(bilevel(picture), picture.width, picture.height), {
      ...{ Type: 'XObject', Subtype: 'Image', Width: picture.width, Height: picture.height },
      ...{ ColorSpace: 'DeviceGray', BitsPerComponent: 1, Filter: 'JBIG2Decode' },
    });
    const page = pdf.addPage([width, height]);
    const name = page.node.newXObject('Scan', pdf.context.register(image));
    page.pushOperators(
      pushGraphicsState(),
      concatTransformationMatrix(width, 0, 0, height, 0, 0),
      drawObject(name),
      popGraphicsState(),
    );
  }
  return pdf.save();
}
